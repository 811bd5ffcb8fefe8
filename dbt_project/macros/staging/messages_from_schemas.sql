{#-
    All raw rows of one call type, from every schema in `segment_schemas`, in the canonical message shape; a table that is missing is
    simply empty. Of what was landed before, `find_new` says what must be read again.
-#}
{% macro messages_from_schemas(call_type) %}
    {{- seg2amp.wait_for_seeds() }}
    {%- do ref("property_names") -%}
    {%- set portions = seg2amp.portions(call_type) -%}
    {%- set window = seg2amp.read_window("received_at") | join(" and ") -%}
    {%- if seg2amp.last_build() is not none -%}
        {%- do seg2amp.find_new(portions, window or "1 = 1") -%}
    {%- endif -%}
    {%- set parts, kept = [], [] -%}
    {%- for portion in portions -%}
        {%- set rows = seg2amp.portion_rows(portion) -%}
        {%- if portion.unchanged -%} {%- do kept.append(rows) -%}
        {%- else -%}
            {%- set conditions = portion.conditions[:] -%}
            {%- if portion.since -%}
                {%- do conditions.append(
                    "coalesce(" ~ portion.loaded_at ~ " >= " ~ portion.since ~ ", true)"
                ) -%}
                {%- do kept.append(
                    rows ~ " and coalesce(loaded_at < " ~ portion.since ~ ", false)"
                ) -%}
            {%- endif -%}
            {%- set condition = conditions | join(" and ") -%}
            {%- do parts.append(
                seg2amp.messages_from_table(portion.table, portion.call_type, condition)
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if window -%} {%- do kept.append("coalesce(not (" ~ window ~ "), true)") -%} {%- endif -%}
    {{
        seg2amp.landed(
            parts | join("\nunion all\n") if parts else seg2amp.no_messages(),
            "(" ~ kept | join(")\nor (") ~ ")" if kept else "1 = 0",
        )
    }}
{% endmacro %}
