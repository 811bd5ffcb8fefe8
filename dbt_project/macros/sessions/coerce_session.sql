{#-
    A JSON session id as epoch milliseconds of the session's start; -1 means out of any session; NULL where there is none or
    it cannot be read. unit auto: seconds are scaled to milliseconds and the text "-1" is understood;
    as_sent: as Amplitude (Actions) formats it.
-#}
{% macro coerce_session(json, unit, rolling) -%}
    {%- set text = seg2amp.json_text(json) -%}
    {%- set auto = unit == "auto" -%}
    case
        when {{ json }} is null or {{ json }} in ('null', '""')
        then null
        {%- if auto %} when {{ json }} in ('"-1"', '-1') then -1 {%- endif %}
        when left({{ json }}, 1) in ('{', '[', 't', 'f')
        then null
        when left({{ json }}, 1) <> '"'
        then
            {{
                (
                    seg2amp.scaled_epoch_ms(json)
                    if auto
                    else "nullif(" ~ seg2amp.whole_ms(json) ~ ", 0)"
                )
            }}
        when {{ seg2amp.regex_matches(text, "^[0-9]+$") }}
        then {{ seg2amp.scaled_epoch_ms(text) if auto else seg2amp.whole_ms(text) }}
        else {{ seg2amp.iso_ms(text, rolling) }}
    end
{%- endmacro %}
