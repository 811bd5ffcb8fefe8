{#-
    A JSON scalar as a number (double), NULL where it is none.
    Numeric text counts as JavaScript reads it: surrounding blanks ignored, blanks alone are 0. With `money` also "$30.00", "1,050.00", "-$5" and
    "($5)", which is -5; never a guess at "1.050,00". There blanks alone are no number.
    With `booleans` these are 0 and 1, as the destination's validation coerces them.
-#}
{% macro coerce_number(json, money, booleans) -%}
    {%- set trimmed = "trim(" ~ seg2amp.json_text(json) ~ ")" -%}
    {%- set plain = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$" -%}
    {%- set amount = "^[+-]?[$€£¥]? ?[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?$" -%}
    {%- set owed = "^[(][$€£¥]? ?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?[)]$" -%}
    case
        {%- if booleans %}
            when {{ json }} = 'true' then 1 when {{ json }} = 'false' then 0
        {%- endif %}
        when
            {{ json }} = '""'
            or {{ seg2amp.is_any("left(" ~ json ~ ", 1)", ["{", "[", "n", "t", "f"]) }}
        then null
        when left({{ json }}, 1) = '"'
        then
            case
                when {{ seg2amp.regex_matches(trimmed, plain) }}
                then {{ seg2amp.finite(seg2amp.try_cast(trimmed, "double")) }}
                {%- if money %}
                    when {{ seg2amp.regex_matches(trimmed, amount) }}
                    then
                        {{
                            seg2amp.try_cast(
                                seg2amp.regex_replace(trimmed, "[$€£¥, ]", ""), "double"
                            )
                        }}
                    when {{ seg2amp.regex_matches(trimmed, owed) }}
                    then
                        -{{
                            seg2amp.try_cast(
                                seg2amp.regex_replace(trimmed, "[$€£¥, ()]", ""), "double"
                            )
                        }}
                {%- else %} when {{ trimmed }} = '' then 0
                {%- endif %}
            end
        else {{ seg2amp.finite(seg2amp.try_cast(json, "double")) }}
    end
{%- endmacro %}
