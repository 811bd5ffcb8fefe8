{#-
    The products of a message as a JSON array, NULL where there are none: an array as it is, one object as an array of it, and
    with `strict_types` off also text that is a JSON array or object, as warehouses hold it.
-#}
{% macro products_array(json) -%}
    case
        when left({{ json }}, 1) = '['
        then {{ json }}
        when left({{ json }}, 1) = '{'
        then '[' || {{ json }} || ']'
        {%- if not seg2amp.setting("strict_types") %}
            when left({{ json }}, 2) = '"[' and {{ seg2amp.is_json(seg2amp.json_text(json)) }}
            then {{ seg2amp.json_text(json) }}
            when left({{ json }}, 2) = '"{' and {{ seg2amp.is_json(seg2amp.json_text(json)) }}
            then '[' || {{ seg2amp.json_text(json) }} || ']'
        {%- endif %}
    end
{%- endmacro %}
