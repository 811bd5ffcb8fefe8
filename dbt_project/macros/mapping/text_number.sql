{#-
    A text as a number. As JavaScript reads it: surrounding blanks ignored, blanks alone are 0, decimal or hexadecimal.
    With `parse_number_text` also "$30.00", "1,050.00" and "-$5"; never a guess at "1.050,00".
-#}
{% macro text_number(text) %}
    {%- set trimmed = "trim(" ~ text ~ ")" -%}
    {%- set plain = "'^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$'" -%}
    case
        when {{ seg2amp.regex_matches(trimmed, plain[1:-1]) }}
        then {{ seg2amp.finite(seg2amp.try_cast(trimmed, "double")) }}
        {%- if seg2amp.setting("parse_number_text") %}
            when
                {{
                    seg2amp.regex_matches(
                        trimmed,
                        "^[+-]?[$€£¥]? ?[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?$",
                    )
                }}
            then {{ seg2amp.try_cast(seg2amp.regex_replace(trimmed, "[$€£¥, ]", ""), "double") }}
        {%- else %} when {{ trimmed }} = '' then 0
        {%- endif %}
    end
{%- endmacro %}
