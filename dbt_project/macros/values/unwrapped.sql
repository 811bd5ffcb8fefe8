{#-
    A JSON value, or the one element of an array that has exactly one. Source: Amplitude (Actions), Ajv's coerceTypes "array".
    strings: whether an array of one string counts; where a field may be of several types it does not.
-#}
{% macro unwrapped(json, strings=true) -%}
    {%- set only = seg2amp.json_only_element(json) -%}
    case
        when left({{ json }}, 1) = '['
        then
            {{
                (
                    "coalesce(" ~ only ~ ", " ~ json ~ ")"
                    if strings
                    else "case when "
                    ~ only
                    ~ " not like '\"%' then "
                    ~ only
                    ~ " else "
                    ~ json
                    ~ " end"
                )
            }}
        else {{ json }}
    end
{%- endmacro %}
