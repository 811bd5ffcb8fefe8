{#-
    The columns whose name begins with a prefix as one JSON object, its keys what follows the prefix; NULL where all of them are NULL
    or there is none, since a warehouse keeps no trace of an empty object.
-#}
{% macro columns_with_prefix(columns, prefix) -%}
    {%- set pairs = {} -%}
    {%- for name, type in columns.items() if name.startswith(prefix) -%}
        {%- do pairs.update({name[prefix | length :]: seg2amp.column_json(name, type)}) -%}
    {%- endfor -%}
    {%- if pairs -%} nullif({{ seg2amp.json_object(pairs) }}, '{}')
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
