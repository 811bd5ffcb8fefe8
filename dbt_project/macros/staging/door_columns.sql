{#-
    What both doors give above their tables, before settings are asked: {name: type}. The typed columns of `message_fields`, and beside a field
    whose JSON type decides rules (ids, names, numbers, times, session ids) `<field>_json`: the value as JSON, where its own type did not say how
    it is read.
-#}
{% macro door_columns() %}
    {%- set columns = {
        "message_id": "text",
        "call_type": "text",
        "source_relation": "text",
        "source_table": "text",
        "source_line": "bigint",
        "received_at": "timestamp",
        "loaded_at": "timestamp",
        "is_foreign": "boolean",
        "unreadable_reason": "text",
        "content_hash": "text",
        "row_id": "text",
        "landed_in": "bigint",
    } -%}
    {%- for field in seg2amp.message_fields() -%}
        {%- do columns.update(seg2amp.typed_columns(field)) -%}
        {%- do columns.update({field.name ~ "_json": "text"}) if field.kind in seg2amp.odd_kinds() -%}
    {%- endfor -%}
    {%- do columns.update({"misread_texts": "text"}) -%}
    {{ return(columns) }}
{% endmacro %}

{#- The kinds of field whose reading a setting decides, or a rule by the JSON type of the value. -#}
{% macro odd_kinds() %} {{ return(["id", "name", "number", "time", "session"]) }} {% endmacro %}
