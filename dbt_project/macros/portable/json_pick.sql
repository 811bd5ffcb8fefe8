{#-
    The members of a JSON object whose key begins with `$` (operations) or does not (plain), as a JSON object.
    which: 'operations' or 'plain'.
-#}
{% macro json_pick(json, which) %}
    {{ return(adapter.dispatch("json_pick", "seg2amp")(json, which)) }}
{% endmacro %}

{% macro default__json_pick(json, which) %}
    {%- set keep = (
        "starts_with(k, '$')" if which == "operations" else "not starts_with(k, '$')"
    ) -%}
    {{
        return(
            "'{' || array_to_string(list_transform(list_filter(json_keys("
            ~ json
            ~ "), lambda k: "
            ~ keep
            ~ "), lambda k: to_json(k) || ':' || json_extract("
            ~ json
            ~ ", '/' || replace(replace(k, '~', '~0'), '/', '~1'))), ',') || '}'"
        )
    }}
{% endmacro %}

{% macro postgres__json_pick(json, which) %}
    {%- set keep = "key like '$%'" if which == "operations" else "key not like '$%'" -%}
    {{
        return(
            "(select '{' || coalesce(string_agg(to_json(key)::text || ':' || value::text, ','), '') || '}' from json_each(cast("
            ~ json
            ~ " as json)) where "
            ~ keep
            ~ ")"
        )
    }}
{% endmacro %}
