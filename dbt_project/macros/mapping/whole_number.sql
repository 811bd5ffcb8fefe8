{#- A number rounded to whole, half up, as JavaScript rounds; NULL beyond 2^53, where numbers are no longer exact. -#}
{% macro whole_number(number) -%}
    case
        when abs({{ number }}) < 9007199254740992 then cast(floor({{ number }} + 0.5) as bigint)
    end
{%- endmacro %}
