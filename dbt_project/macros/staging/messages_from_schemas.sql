{#-
    All raw rows of one call type, from every schema in `segment_schemas`, in the canonical message shape; a table that is missing is
    simply empty. Rows that Segment loaded before the last ones by more than `look_back_hours` are only counted: where
    their number is not what it was, rows came late or were deleted, and the table is read as a whole.
-#}
{% macro messages_from_schemas(call_type) %}
    {{- seg2amp.wait_for_seeds() }}
    {%- do ref("property_names") -%}
    {%- set portions = seg2amp.portions(call_type) -%}
    {%- if seg2amp.last_build() is not none -%} {%- do seg2amp.find_new(portions) -%} {%- endif -%}
    {%- set parts, kept = [], [] -%}
    {%- for portion in portions -%}
        {%- set conditions = portion.conditions[:] -%}
        {%- if portion.since -%}
            {%- do conditions.append(
                "coalesce(" ~ portion.loaded_at ~ " >= " ~ portion.since ~ ", true)"
            ) -%}
            {%- do kept.append(
                seg2amp.portion_rows(portion) ~ " and loaded_at < " ~ portion.since
            ) -%}
        {%- endif -%}
        {%- set condition = conditions | join(" and ") -%}
        {%- do parts.append(
            seg2amp.messages_from_table(portion.table, portion.call_type, condition)
        ) -%}
    {%- endfor -%}
    {%- set window = seg2amp.read_window("received_at") -%}
    {%- if window -%}
        {%- do kept.append("coalesce(not (" ~ window | join(" and ") ~ "), true)") -%}
    {%- endif -%}
    {{
        seg2amp.landed(
            parts | join("\nunion all\n") if parts else seg2amp.no_messages(),
            kept | join("\nor ") if kept else "1 = 0",
        )
    }}
{% endmacro %}
