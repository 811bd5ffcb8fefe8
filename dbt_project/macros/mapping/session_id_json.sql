{#-
    Where the session id stands, as JSON: the option of Amplitude (Actions) or of Amplitude (Classic), as `session_id_source` says;
    any: the latter where the former is missing. With `out_of_session` the option outOfSession makes it -1.
-#}
{% macro session_id_json() -%}
    {%- if seg2amp.setting("out_of_session") -%}
        case
            when {{ seg2amp.option_json("out_of_session") }} in ('true', '"true"')
            then '-1'
            else {{ seg2amp.option_json("session_id") }}
        end
    {%- else -%} {{ seg2amp.option_json("session_id") }}
    {%- endif -%}
{%- endmacro %}
