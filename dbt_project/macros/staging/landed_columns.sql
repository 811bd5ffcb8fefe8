{#-
    What a door's table holds, {name: type}: provenance, then one column or two for each of `message_fields`. No setting decides how a value
    is read here, so that a change of settings reads no raw data again.
    door  tables: each field in its SQL type; `odd_values` is the JSON object of those whose column is of another type, as text for a number.
          raw_json: each field as `<field>_json`, JSON text.
-#}
{% macro landed_columns(door) %}
    {%- set columns = {
        "message_id": "text",
        "call_type": "text",
        "source_relation": "text",
        "source_table": "text",
    } -%}
    {%- if door == "raw_json" -%}
        {%- do columns.update({"source_line": "bigint", "unreadable_reason": "text"}) -%}
    {%- endif -%}
    {%- do columns.update(
        {"received_at": "timestamp", "loaded_at": "timestamp", "is_foreign": "boolean"}
    ) -%}
    {%- for field in seg2amp.message_fields() -%}
        {%- if door == "raw_json" and (field.name == "context" or not field.by_setting) -%}
            {%- do columns.update({field.name ~ "_json": "text"}) -%}
            {%- do columns.update({field.name ~ "_also_json": "text"}) if field.also -%}
        {%- elif door == "raw_json" -%}
        {%- elif field.columns or field.prefix or field.kind == "object" -%}
            {%- do columns.update(seg2amp.typed_columns(field)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do columns.update({"odd_values": "text"}) if door == "tables" -%}
    {{ return(columns) }}
{% endmacro %}

{#- The typed column of a field behind the doors, {name: type}; a time has another one beside it where a timestamp may be none that has a number. -#}
{% macro typed_columns(field) %}
    {%- set types = {"number": "double", "session": "bigint", "flag": "boolean"} -%}
    {%- if field.kind == "order" -%} {{ return({"order_object": "text"}) }}
    {%- elif field.name == "timestamp" -%}
        {{ return({"timestamp_ms": "bigint", "timestamp_is_misread": "boolean"}) }}
    {%- elif field.kind == "time" -%} {{ return({field.name ~ "_ms": "bigint"}) }}
    {%- else -%} {{ return({field.name: types.get(field.kind, "text")}) }}
    {%- endif -%}
{% endmacro %}
