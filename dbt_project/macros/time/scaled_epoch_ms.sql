{#-
    A number in text as epoch milliseconds: below 1e11 it is seconds, from 1e14 on microseconds, else milliseconds. What is finer than a
    millisecond is cut off, after seconds are rounded to microseconds, which is as much as a double holds of them.
-#}
{% macro scaled_epoch_ms(text) -%}
    {%- set number = seg2amp.try_cast(text, "double") -%}
    case
        when abs({{ number }}) < 100000000000
        then cast(floor({{ number }} * 1000 + 0.0005) as bigint)
        when abs({{ number }}) between 100000000000000 and 8.64e15
        then cast(floor({{ number }} / 1000.0) as bigint)
        else {{ seg2amp.whole_ms(text) }}
    end
{%- endmacro %}
