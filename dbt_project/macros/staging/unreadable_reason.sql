{#-
    Why a line of raw JSON is no Segment message, NULL where it is one. Some engines read NaN and Infinity as JSON and any exponent as a
    number; a payload that held one could not be read by everybody.
-#}
{% macro unreadable_reason(raw) -%}
    {%- set strange = "NaN|Infinity|[eE][+]?(309|3[1-9][0-9]|[4-9][0-9]{2}|[0-9]{4})" -%}
    {%- set outside_texts = seg2amp.regex_replace(raw, '"([^"\\\\]|\\\\.)*"', "") -%}
    case
        when not {{ seg2amp.is_json(raw) }}
        then 'the line is not JSON'
        when left(ltrim({{ raw }}), 1) <> '{'
        then 'the line is JSON but not an object'
        when
            {{ seg2amp.regex_matches(raw, strange) }}
            and {{ seg2amp.regex_matches(outside_texts, strange) }}
        then 'the line holds a number that is too large or none at all'
    end
{%- endmacro %}
