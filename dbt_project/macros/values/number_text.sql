{#- A number as JavaScript prints it: no trailing `.0`, and no exponent below 1e21 (the shortest digits, padded with zeros). -#}
{% macro number_text(number) -%}
    {#- 0 is added, since there is a 0 with a sign, which JavaScript does not print. -#}
    {%- set printed = "cast(" ~ number ~ " + 0 as text)" -%}
    case
        when abs({{ number }}) < 1e21 and strpos({{ printed }}, 'e+') > 0
        then
            rpad(
                replace(split_part({{ printed }}, 'e', 1), '.', ''),
                cast(split_part({{ printed }}, 'e+', 2) as integer)
                + case when {{ number }} < 0 then 2 else 1 end,
                '0'
            )
        else {{ seg2amp.regex_replace(printed, "[.]0$", "") }}
    end
{%- endmacro %}
