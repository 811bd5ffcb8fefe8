{#-
    The JSON value at a path of the message, as settings name it: `properties.<name>`, `traits.<name>`, a path in `context` or `integrations`, or
    another field such as `timestamp`. From the columns of a door (`door_columns`). A warehouse table has what a setting names of its
    context in `context`, under the column's name.
-#}
{% macro path_json(path) -%}
    {%- set keys = path.split(".") -%}
    {%- set field = seg2amp.message_fields() | selectattr("path", "equalto", keys) | first -%}
    {%- if keys | length > 1 and keys[0] in ("properties", "traits") -%}
        {{ seg2amp.member_json(keys[0], keys[1:]) }}
    {%- elif keys[0] in ("context", "integrations") and keys | length > 1 -%}
        {%- set found = [seg2amp.json_leaf(keys[0], keys[1:])] -%}
        {%- if field and field.kind != "object" -%}
            {%- do found.append(seg2amp._field_json(field)) -%}
        {%- else -%}
            {%- do found.append(
                seg2amp.json_leaf("context", [seg2amp.context_column(path)[8:]])
            ) -%}
        {%- endif -%}
        coalesce({{ found | join(", ") }})
    {%- elif field -%} {{ seg2amp._field_json(field) }}
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}

{#- A typed field as JSON again. -#}
{% macro _field_json(field) -%}
    {%- set typed = seg2amp.typed_columns(field).keys() | first -%}
    {%- set json = (
        typed
        if field.kind in ("object", "json")
        else (
            seg2amp.json_string(typed)
            if field.kind in ("id", "name", "text")
            else "cast(" ~ typed ~ " as text)"
        )
    ) -%}
    {{
        (
            "coalesce(" ~ field.name ~ "_json, " ~ json ~ ")"
            if field.kind in seg2amp.odd_kinds()
            else json
        )
    }}
{%- endmacro %}

{#- The column of a raw table that holds what stands at a path of context or integrations. -#}
{% macro context_column(path) %}
    {{ return(seg2amp.snake_case((["context"] + path.split(".")[1:]) | join("_"))) }}
{% endmacro %}

{#- Whether a path leads into the context or integrations to what no field holds. -#}
{% macro context_path_is_new(path) %}
    {%- set keys = path.split(".") -%}
    {%- set paths = seg2amp.message_fields() | map(attribute="path") | list -%}
    {{
        return(
            keys[0] in ("context", "integrations") and keys | length > 1 and keys not in paths
        )
    }}
{% endmacro %}
