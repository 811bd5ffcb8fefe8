{#-
    The columns whose name begins with a prefix as one JSON object, its keys what follows the prefix; NULL where all of them are NULL
    or there is none, since a warehouse keeps no trace of an empty object.
    names: {column: property name} of the seed `property_names`.
-#}
{% macro columns_with_prefix(columns, prefix, names) -%}
    {%- set pairs = {} -%}
    {%- for name in columns | sort if name.startswith(prefix) -%}
        {%- set key = names.get(name, name[prefix | length :]) -%}
        {%- do pairs.update({key: seg2amp.column_json(name, columns[name])}) -%}
    {%- endfor -%}
    {%- if pairs -%} nullif({{ seg2amp.json_object(pairs) }}, '{}')
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
