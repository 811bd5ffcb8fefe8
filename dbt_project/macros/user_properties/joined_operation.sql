{#-
    What the traits' own operation (traits_<name>) and the one the message asks for (asked_<name>) come to, both JSON objects or NULL.
    Where plain properties are wrapped, key by key, the message's word winning. Else as Amplitude (Actions) has it: in version 2 of Log
    Event the message's operation replaces that of the traits; in version 1 and on identifies $set and $setOnce are merged key by
    key, on events the traits winning, on identifies the message.
-#}
{% macro joined_operation(name) -%}
    {%- set own, asked = "traits_" ~ name, "asked_" ~ name -%}
    {%- if seg2amp.setting("wrap_plain_in_set") != "never" -%} {{ seg2amp.json_merged(own, asked) }}
    {%- elif name not in ("set", "set_once") -%} coalesce({{ asked }}, {{ own }})
    {%- else -%}
        case
            when not follows_v1
            then coalesce({{ asked }}, {{ own }})
            when call_type = 'identify'
            then {{ seg2amp.json_merged(own, asked) }}
            else {{ seg2amp.json_merged(asked, own) }}
        end
    {%- endif -%}
{%- endmacro %}
