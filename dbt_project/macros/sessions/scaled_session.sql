{#-
    A session id that came as a number, as epoch milliseconds of the session's start; -1 means out of any session. Setting `session_id_unit` = auto:
    below 1e11 it is seconds, from 1e14 on microseconds; as_sent: as Amplitude (Actions) formats it.
-#}
{% macro scaled_session(number) -%}
    {%- if seg2amp.setting("session_id_unit") == "auto" -%}
        case
            when {{ number }} = -1 or abs({{ number }}) between 100000000000 and 99999999999999
            then {{ number }}
            when abs({{ number }}) < 100000000000
            then {{ number }} * 1000
            when abs({{ number }}) <= 8640000000000000
            then cast(floor({{ number }} / 1000.0) as bigint)
        end
    {%- else -%} case when abs({{ number }}) <= 8640000000000000 then nullif({{ number }}, 0) end
    {%- endif -%}
{%- endmacro %}
