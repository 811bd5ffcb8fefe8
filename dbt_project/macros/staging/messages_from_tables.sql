{#-
    The rows of raw warehouse tables of one call type in the canonical message shape, as `messages_from_table` has them. Tables whose columns
    are of the same types are read together, their columns turned into JSON once for all: planning that for each of some fifty tables takes
    longer than reading what is new in them.
    selections: {table, condition}, table as `raw_tables` gives it, condition SQL: which of its rows.
-#}
{% macro messages_from_tables(selections, call_type) %}
    {%- set groups = [] -%}
    {%- for selection in selections -%}
        {%- set types = seg2amp._shared_types(selection.table, call_type) -%}
        {%- set rare = seg2amp._what_must_agree(selection.table, types) -%}
        {%- set fits = [] -%}
        {%- for group in groups if group.rare == rare and not fits -%}
            {%- set clashes = [] -%}
            {%- for name, type in types.items() if group.types.get(name, type) != type -%}
                {%- do clashes.append(name) -%}
            {%- endfor -%}
            {%- do fits.append(group) if not clashes -%}
        {%- endfor -%}
        {%- if not fits -%}
            {%- do fits.append({"rare": rare, "types": {}, "selections": []}) -%}
            {%- do groups.append(fits[0]) -%}
        {%- endif -%}
        {%- do fits[0].types.update(types) -%}
        {%- do fits[0].selections.append(selection) -%}
    {%- endfor -%}
    {%- for group in groups %}
        {{
            seg2amp.messages_from_table(
                seg2amp._read_together(group, call_type), call_type, "1 = 1"
            )
        }}
        {{ "union all" if not loop.last }}
    {%- endfor %}
{% endmacro %}

{#- The columns that become fields by themselves, not as members of an object: {name: type}. -#}
{% macro _shared_types(table, call_type) %}
    {%- set names = ["id", "event", "received_at", "timestamp", "uuid_ts", "loaded_at"] -%}
    {%- for field in seg2amp.message_fields() if call_type in field.get("calls", [call_type]) -%}
        {%- do names.extend(field.columns) -%}
    {%- endfor -%}
    {%- set types = {} -%}
    {%- for name in names if name in table.columns -%}
        {%- do types.update({name: table.columns[name]}) -%}
    {%- endfor -%}
    {{ return(types) }}
{% endmacro %}

{#- Which columns tell of receipt and loading, and those of types of which no NULL can be written. -#}
{% macro _what_must_agree(table, types) %}
    {%- set plain = (
        "varchar",
        "text",
        "char",
        "time",
        "date",
        "bool",
        "big",
        "int",
        "small",
        "double",
        "real",
        "float",
        "num",
        "dec",
        "json",
    ) -%}
    {%- set facts = [] -%}
    {%- for name in ["id", "received_at", "timestamp", "uuid_ts", "loaded_at"] if name in types -%}
        {%- do facts.append(name) -%}
    {%- endfor -%}
    {%- for name, type in types.items() if not type.startswith(plain) or type.endswith("]") -%}
        {%- do facts.append(name ~ " " ~ type) -%}
    {%- endfor -%}
    {{ return(facts) }}
{% endmacro %}

{#- Tables as one for `messages_from_table`: `made` are the objects, which each table makes of its own columns. -#}
{% macro _read_together(group, call_type) %}
    {%- set made, rows = [], [] -%}
    {%- for field in seg2amp.message_fields() if field.prefix or field.name == seg2amp.own_object(call_type) -%}
        {%- do made.append(field.name) -%}
    {%- endfor -%}
    {%- for selection in group.selections -%}
        {%- do rows.append(seg2amp._rows_as_they_are(selection, group.types, made, call_type)) -%}
    {%- endfor -%}
    {{
        return(
            {
                "columns": group.types,
                "made": made,
                "relation": "(" ~ rows | join("\nunion all\n") ~ ") as together",
                "spelled": {},
            }
        )
    }}
{% endmacro %}

{% macro _rows_as_they_are(selection, types, made, call_type) -%}
    {%- set table = selection.table -%}
    {%- set names = seg2amp.property_names(table.name) -%}
    select
        {{ seg2amp.quoted(table.schema) }} as source_relation,
        {{ seg2amp.quoted(table.name) }} as source_table,
        {{ seg2amp.is_foreign(table, call_type) }} as is_foreign
        {%- for name, type in types.items() %}
            ,
            {% if name in table.columns -%} {{ seg2amp.quoted_name(name) }}
            {%- else -%} cast(null as {{ type }}) as {{ seg2amp.quoted_name(name) }}
            {%- endif %}
        {%- endfor %}
        {%- for field in seg2amp.message_fields() if field.name in made %}
            ,
            {{ seg2amp.object_json(field, table.columns, call_type, names) }}
            as {{ field.name }}_json
        {%- endfor %}
    from {{ seg2amp.raw_rows(table) }}
    where {{ selection.condition }}
{%- endmacro %}
