{#- A number in text as epoch milliseconds: below 1e11 it is seconds, from 1e14 on microseconds, else milliseconds. -#}
{% macro scaled_epoch_ms(text) -%}
    {%- set number = seg2amp.whole_ms(text) -%}
    case
        when abs({{ number }}) < 100000000000
        then {{ number }} * 1000
        when abs({{ number }}) >= 100000000000000
        then cast(floor({{ number }} / 1000.0) as bigint)
        else {{ number }}
    end
{%- endmacro %}
