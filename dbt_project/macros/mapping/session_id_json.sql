{#-
    Where the session id stands, as JSON: the option of Amplitude (Actions); with `session_id_source` = any,
    that of Amplitude (Classic) where the first is missing.
-#}
{% macro session_id_json() %}
    {%- if seg2amp.setting("session_id_source") == "any" -%}
        {{
            return(
                "case when "
                ~ seg2amp.has_value("actions_session_id_json")
                ~ " then actions_session_id_json else classic_session_id_json end"
            )
        }}
    {%- endif -%}
    {{
        return(
            {"actions": "actions_session_id_json", "classic": "classic_session_id_json"}[
                seg2amp.setting("session_id_source")
            ]
        )
    }}
{% endmacro %}
