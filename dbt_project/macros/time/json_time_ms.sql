{#-
    A JSON value that tells a moment as epoch milliseconds, UTC; NULL where there is none or it cannot be read.
    Numbers are milliseconds. digits_are_epoch: a small number is seconds, a huge one microseconds, and text of digits is such a number;
    else as the destination reads them, which takes digits for a calendar date.
-#}
{% macro json_time_ms(json, digits_are_epoch, rolling=false) -%}
    {%- set text = seg2amp.json_text(json) -%}
    case
        when {{ json }} is null or {{ json }} in ('null', '""')
        then null
        when left({{ json }}, 1) in ('{', '[', 't', 'f')
        then null
        when left({{ json }}, 1) <> '"'
        then {{ seg2amp.scaled_epoch_ms(json) if digits_are_epoch else seg2amp.whole_ms(json) }}
        {%- if digits_are_epoch %}
            when {{ seg2amp.regex_matches(text, "^[0-9]{9,17}([.][0-9]+)?$") }}
            then {{ seg2amp.scaled_epoch_ms(text) }}
        {%- endif %}
        else {{ seg2amp.iso_ms(text, rolling) }}
    end
{%- endmacro %}
