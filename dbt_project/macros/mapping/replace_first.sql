{#- A text with the first occurrence of a word (given in lower case, found in any case) replaced. -#}
{% macro replace_first(text, word, replacement) -%}
    {%- set at = "strpos(lower(" ~ text ~ "), '" ~ word ~ "')" -%}
    case
        when {{ at }} > 0
        then
            left({{ text }}, {{ at }} - 1)
            || '{{ replacement }}'
            || substr({{ text }}, {{ at }} + {{ word | length }})
        else {{ text }}
    end
{%- endmacro %}
