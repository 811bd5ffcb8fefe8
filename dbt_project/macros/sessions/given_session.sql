{#-
    What a message's options give as a session id, as `session_id_source` says; any: that of Amplitude (Classic) where Amplitude (Actions) has no
    value. With `out_of_session` the option outOfSession gives what is outside of any session.
    suffix: of the columns that are chosen from, empty for epoch ms, `_json` where a setting says how the value is read; outside: SQL.
-#}
{% macro given_session(suffix, outside) -%}
    {%- set source = seg2amp.setting("session_id_source") -%}
    {%- set actions, classic = "actions_session_id" ~ suffix, "classic_session_id" ~ suffix -%}
    {%- set out_of_session = {
        "actions": "actions_out_of_session",
        "classic": "classic_out_of_session",
        "any": "coalesce(actions_out_of_session, classic_out_of_session)",
    }[source] -%}
    case
        when {{ out_of_session if seg2amp.setting("out_of_session") else "false" }}
        then {{ outside }}
        {%- if source == "any" %}
            when
                actions_session_id is not null or {{ seg2amp.has_value("actions_session_id_json") }}
            then {{ actions }}
        {%- endif %}
        else {{ actions if source == "actions" else classic }}
    end
{%- endmacro %}
