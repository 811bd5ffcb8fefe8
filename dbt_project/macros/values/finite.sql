{#- A number, NULL where it is infinite or not a number: JSON has no word for those. -#}
{% macro finite(number) -%}
    case when abs({{ number }}) <= 1.7976931348623157e308 then {{ number }} end
{%- endmacro %}
