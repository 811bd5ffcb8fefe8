{#-
    Where the session id stands, as JSON: the option of Amplitude (Actions) or of Amplitude (Classic), as `session_id_source` says;
    any: the latter where the former is missing.
-#}
{% macro session_id_json() -%}
    {%- if seg2amp.setting("session_id_source") == "any" -%}
        case
            when {{ seg2amp.has_value("actions_session_id_json") }}
            then actions_session_id_json
            else classic_session_id_json
        end
    {%- else -%} {{ seg2amp.setting("session_id_source") }}_session_id_json
    {%- endif -%}
{%- endmacro %}
