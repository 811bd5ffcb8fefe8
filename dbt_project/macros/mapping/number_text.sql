{#- A number as JavaScript prints it: no trailing `.0`, and no exponent below 1e21 (the shortest digits, padded with zeros). -#}
{% macro number_text(number) -%}
    {%- set printed = "cast(" ~ number ~ " as text)" -%}
    {%- set mantissa = seg2amp.regex_group(printed, "^-?[0-9.]+e", 0) -%}
    {%- set exponent = seg2amp.regex_group(printed, "e[+]([0-9]+)$", 1) -%}
    case
        when {{ number }} = 0
        then '0'
        when abs({{ number }}) >= 1e15 and abs({{ number }}) < 1e21
        then
            case when {{ number }} < 0 then '-' else '' end || rpad(
                {{ seg2amp.regex_replace(mantissa, "[^0-9]", "") }},
                cast({{ exponent }} as integer) + 1,
                '0'
            )
        else {{ seg2amp.regex_replace(printed, "[.]0$", "") }}
    end
{%- endmacro %}
