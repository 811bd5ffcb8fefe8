{#-
    A JSON timestamp as epoch milliseconds, UTC; NULL where there is none or it cannot be read.
    Numbers are milliseconds. Setting `digits_are_epoch` on: a small number is seconds, and text of digits is such a number;
    off: as the destination reads them, which takes digits for a calendar date.
-#}
{% macro coerce_time(json) -%}
    {%- set text = seg2amp.json_text(json) -%}
    {%- set digits_are_epoch = seg2amp.setting("digits_are_epoch") -%}
    case
        when {{ json }} is null or {{ json }} in ('null', '""')
        then null
        when left({{ json }}, 1) in ('{', '[', 't', 'f')
        then null
        when left({{ json }}, 1) <> '"'
        then {{ seg2amp.scaled_epoch_ms(json) if digits_are_epoch else seg2amp.whole_ms(json) }}
        {%- if digits_are_epoch %}
            when {{ seg2amp.regex_matches(text, "^[0-9]{9,17}$") }}
            then {{ seg2amp.scaled_epoch_ms(text) }}
        {%- endif %}
        else {{ seg2amp.iso_ms(text) }}
    end
{%- endmacro %}
