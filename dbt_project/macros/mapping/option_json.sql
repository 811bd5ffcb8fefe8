{#-
    An option that a message sets for Amplitude in its integrations, as JSON: that of Amplitude (Actions) or of Amplitude (Classic), as
    `session_id_source` says; any: the latter where the former has no value. Classic options are known in either spelling.
-#}
{% macro option_json(name) -%}
    {%- set source = seg2amp.setting("session_id_source") -%}
    {%- set other = {"session_id": "sessionId", "out_of_session": "out_of_session"}.get(name) -%}
    {%- set classic -%}
        {%- if other -%}
            coalesce(
                classic_{{ name }}_json,
                case
                    when left(integrations_json, 1) = '{'
                    then {{ seg2amp.json_leaf("integrations_json", ["Amplitude", other]) }}
                end
            )
        {%- else -%} classic_{{ name }}_json
        {%- endif -%}
    {%- endset -%}
    {%- if source == "any" -%}
        case
            when {{ seg2amp.has_value("actions_" ~ name ~ "_json") }}
            then actions_{{ name }}_json
            else {{ classic }}
        end
    {%- elif source == "classic" -%} {{ classic }}
    {%- else -%} actions_{{ name }}_json
    {%- endif -%}
{%- endmacro %}
