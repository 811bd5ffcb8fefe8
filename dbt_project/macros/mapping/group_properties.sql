{#-
    group_properties of a group call: its traits. Where `wrap_plain_in_set` asks for it, plain properties that stand beside operations go
    into $set, because Amplitude refuses a mixture. It needs the columns operations, plain and wrapped: traits that are operations, traits
    that are not, and these in the $set that the operations may have.
-#}
{% macro group_properties() -%}
    {%- set traits = "traits" if seg2amp.setting("strict_types") else "coalesce(traits, '{}')" -%}
    {%- if seg2amp.setting("wrap_plain_in_set") == "never" -%} {{ traits }}
    {%- else -%}
        case
            when operations <> '{}' and plain <> '{}'
            then {{ seg2amp.json_merge("operations", seg2amp.json_object({"$set": "wrapped"})) }}
            else {{ traits }}
        end
    {%- endif -%}
{%- endmacro %}
