{#-
    An option that a message sets for Amplitude in its integrations, as JSON: that of Amplitude (Actions) or of Amplitude (Classic), as
    `session_id_source` says; any: the latter where the former has no value.
-#}
{% macro option_json(name) -%}
    {%- set source = seg2amp.setting("session_id_source") -%}
    {%- if source == "any" -%}
        case
            when {{ seg2amp.has_value("actions_" ~ name ~ "_json") }}
            then actions_{{ name }}_json
            else classic_{{ name }}_json
        end
    {%- else -%} {{ source }}_{{ name }}_json
    {%- endif -%}
{%- endmacro %}
