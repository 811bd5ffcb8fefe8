{#- A number in text as whole milliseconds, what is finer cut off; NULL beyond the range of JavaScript's dates. -#}
{% macro whole_ms(text) -%}
    {%- set number = seg2amp.try_cast(text, "double") -%}
    case
        when abs({{ number }}) <= 8.64e15
        then cast(floor(abs({{ number }})) * sign({{ number }}) as bigint)
    end
{%- endmacro %}
