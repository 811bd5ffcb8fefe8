{#-
    A JSON scalar as text, as the destination's schema validation coerces it: strings as they are, numbers and booleans
    printed. NULL for null and for what has no text (objects, arrays). rounded: whether a number beyond 2^53 loses its last digits, as it
    does in JavaScript. Source: Amplitude (Actions), Ajv's coerceTypes.
-#}
{% macro coerce_text(json, rounded=false) -%}
    {%- set number = seg2amp.try_cast(json, "double") -%}
    {#- 0 is added, since there is a 0 with a sign, which JavaScript does not print. -#}
    {%- set printed = "cast(" ~ number ~ " + 0 as text)" -%}
    case
        when left({{ json }}, 1) in ('"', 't', 'f')
        then {{ seg2amp.json_text(json) }}
        when left({{ json }}, 1) in ('{', '[', 'n')
        then null
        when {{ seg2amp.regex_matches(json, "^(0|-?[1-9][0-9]{0,14})$") }}
        then {{ json }}
        {%- if not rounded %}
            when {{ seg2amp.regex_matches(json, "^-?[0-9]+$") }} then {{ json }}
        {%- endif %}
        {#- As JavaScript prints it: no trailing `.0`, and no exponent below 1e21 (the shortest digits, padded with zeros). #}
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
