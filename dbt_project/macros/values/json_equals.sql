{#-
    Whether a JSON value is the scalar that a setting names: text is that text, a number that number however it is written (1 is 1.0), a
    boolean that boolean; none asks for a value that is missing or null. Nothing is converted: "1" is not 1.
-#}
{% macro json_equals(json, value) -%}
    {%- if value is none -%} coalesce({{ json }}, 'null') = 'null'
    {%- elif value is boolean -%} coalesce({{ json }} = '{{ value | lower }}', false)
    {%- elif value is number -%}
        coalesce({{ seg2amp.try_cast(json, "double") }} = {{ value }}, false)
    {%- else -%}
        case
            when left({{ json }}, 1) = '"'
            then {{ seg2amp.json_text(json) }} = {{ seg2amp.quoted(value) }}
            else false
        end
    {%- endif -%}
{%- endmacro %}
