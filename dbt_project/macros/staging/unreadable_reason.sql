{#-
    Why a line of raw JSON is no Segment message, NULL where it is one: the same on every engine, though some read NaN, Infinity and a comma before
    a bracket as JSON, and any exponent as a number, and others keep no NUL and stop at what nests too deep.
-#}
{% macro unreadable_reason(raw) -%}
    {%- set number = "NaN|Infinity|[eE][+]?(309|3[1-9][0-9]|[4-9][0-9]{2}|[0-9]{4})" -%}
    {%- set comma = ",[[:space:]]*[]}]" -%}
    {%- set texts = '"([^"\\\\]|\\\\.)*"' -%}
    {%- set outside_texts = seg2amp.regex_replace(raw, texts, "0") -%}
    {#- Few lines have so many brackets; of those, what is left after pairs of two levels were taken out sixteen times. -#}
    {%- set closed = namespace(sql=seg2amp.regex_replace(outside_texts, "[^][{}]+", "")) -%}
    {%- for _ in range(16) -%}
        {%- set closed.sql = seg2amp.regex_replace(closed.sql, "[[{]([[{][]}])*[]}]", "") -%}
    {%- endfor -%}
    case
        when
            length({{ raw }}) > 10000
            and length({{ raw }}) - length(replace(replace({{ raw }}, '[', ''), '{', '')) > 5000
            and length({{ closed.sql }}) > 5000
        then 'the line nests objects and arrays too deep'
        when
            strpos({{ raw }}, '\u0000') > 0
            and {{ seg2amp.regex_matches(raw, "(^|[^\\\\])(\\\\\\\\)*\\\\u0000") }}
        then 'the line holds a NUL character'
        when left(ltrim({{ raw }}), 1) = '['
        then 'the line is an array; write each message on a line, for instance with jq -c .[]'
        when not {{ seg2amp.is_json(raw) }}
        then 'the line is not JSON'
        when left(ltrim({{ raw }}), 1) <> '{'
        then 'the line is JSON but not an object'
        when
            {{ seg2amp.regex_matches(raw, number) }}
            and {{ seg2amp.regex_matches(outside_texts, number) }}
        then 'the line holds a number that is too large or none at all'
        when
            {{ seg2amp.regex_matches(raw, comma) }}
            and {{ seg2amp.regex_matches(outside_texts, comma) }}
        then 'the line is not JSON'
    end
{%- endmacro %}
