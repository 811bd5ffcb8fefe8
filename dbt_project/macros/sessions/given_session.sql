{#-
    The session id that a message's options give, as `session_id_source` says; any: that of Amplitude (Classic) where Amplitude (Actions) has no
    value. With `out_of_session` the option outOfSession makes it -1. Epoch ms where its type says so; `given_session_json` is the rest.
-#}
{% macro given_session() -%}
    {{ seg2amp._by_option("session_id", "actions_session_id", "classic_session_id", "-1") }}
{%- endmacro %}

{#- The session id as JSON where a setting says how it is read. -#}
{% macro given_session_json() -%}
    {{
        seg2amp._by_option(
            "session_id",
            "actions_session_id_json",
            "classic_session_id_json",
            "cast(null as text)",
        )
    }}
{%- endmacro %}

{% macro _by_option(name, actions, classic, outside) -%}
    {%- set source = seg2amp.setting("session_id_source") -%}
    {%- set out_of_session = {
        "actions": "actions_out_of_session",
        "classic": "classic_out_of_session",
        "any": "coalesce(actions_out_of_session, classic_out_of_session)",
    }[source] -%}
    {%- set chosen -%}
        {%- if source == "any" %}
            when actions_session_id is not null or actions_session_id_json not in ('null', '""') then {{ actions }}
            else {{ classic }}
        {%- else %} else {{ {"actions": actions, "classic": classic}[source] }}
        {%- endif %}
    {%- endset -%}
    case
        when {{ out_of_session if seg2amp.setting("out_of_session") else "false" }}
        then {{ outside }} {{- chosen }}
    end
{%- endmacro %}
