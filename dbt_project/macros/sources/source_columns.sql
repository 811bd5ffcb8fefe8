{#-
    The names of a raw table's columns of plain text whose values may be long enough for the warehouse to cut them off: properties, traits,
    and those of the context that hold addresses and user agents.
-#}
{% macro source_texts(table) %}
    {%- set long = (
        "context_traits_",
        "context_page_url",
        "context_page_search",
        "context_page_referrer",
        "context_user_agent",
    ) -%}
    {%- set names = [] -%}
    {%- for name, type in table.columns.items() -%}
        {%- set is_own = (
            not name.startswith("context_") and name not in seg2amp.common_columns()
        ) -%}
        {%- if (is_own or name.startswith(long)) and seg2amp.type_kind(type) == "text" -%}
            {%- do names.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}

{#- The columns that Segment gives all tables, ids and moments: no property or trait. Source: Segment's warehouse schema. -#}
{% macro common_columns() %}
    -- fmt: off
    {{ return([
        "id", "user_id", "anonymous_id", "group_id", "previous_id", "event", "event_text", "timestamp", "received_at", "sent_at",
        "original_timestamp", "uuid_ts", "uuid", "loaded_at",
    ]) }}
    -- fmt: on
{% endmacro %}

{#- What a column's type says of its values: text, whole number, number, boolean, time or other. type: in lower case. -#}
{% macro type_kind(type) %}
    {%- set kinds = {
        "text": ["text", "varchar", "character", "char", "string", "uuid", "bpchar"],
        "whole number": [
            "int",
            "bigint",
            "smallint",
            "tinyint",
            "hugeint",
            "ubigint",
            "uint",
        ],
        "number": ["double", "real", "float", "numeric", "decimal", "number"],
        "boolean": ["bool"],
        "time": ["timestamp", "date", "time"],
    } -%}
    {%- for kind, beginnings in kinds.items() if not type.endswith("]") -%}
        {%- for beginning in beginnings if type.startswith(beginning) -%}
            {{ return(kind) }}
        {%- endfor -%}
    {%- endfor -%}
    {{ return("other") }}
{% endmacro %}
