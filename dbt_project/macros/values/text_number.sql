{#-
    A text as a number. As JavaScript reads it: surrounding blanks ignored, blanks alone are 0.
    With `money` also "$30.00", "1,050.00", "-$5" and "($5)", which is -5; never a guess at "1.050,00". There blanks alone are
    no number.
-#}
{% macro text_number(text, money) -%}
    {%- set trimmed = "trim(" ~ text ~ ")" -%}
    {%- set plain = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$" -%}
    {%- set amount = "^[+-]?[$€£¥]? ?[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?$" -%}
    {%- set owed = "^[(][$€£¥]? ?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?[)]$" -%}
    case
        when {{ seg2amp.regex_matches(trimmed, plain) }}
        then {{ seg2amp.finite(seg2amp.try_cast(trimmed, "double")) }}
        {%- if money %}
            when {{ seg2amp.regex_matches(trimmed, amount) }}
            then {{ seg2amp.try_cast(seg2amp.regex_replace(trimmed, "[$€£¥, ]", ""), "double") }}
            when {{ seg2amp.regex_matches(trimmed, owed) }}
            then -{{ seg2amp.try_cast(seg2amp.regex_replace(trimmed, "[$€£¥, ()]", ""), "double") }}
        {%- else %} when {{ trimmed }} = '' then 0
        {%- endif %}
    end
{%- endmacro %}
