{#-
    The rows of one staging model from its portions, landed: those that are new, and which are gone. Of what was landed before, `find_new`
    says what must be read again. portions: as `portions` gives them, or `messages_from_queries`.
-#}
{% macro messages_from_portions(portions) %}
    {%- set window = seg2amp.read_window("received_at") | join(" and ") -%}
    {%- if seg2amp.last_build() is not none -%}
        {%- do seg2amp.find_new(portions, window or "1 = 1") -%}
    {%- endif -%}
    {#- The first part has no row but the types, which the others need not repeat for every column they lack. -#}
    {%- set parts, selections, kept = [seg2amp.no_messages()], [], [] -%}
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
            {%- if portion.columns is defined -%}
                {%- do parts.append(seg2amp.portion_messages(portion, condition)) -%}
            {%- else -%}
                {%- do selections.append({"table": portion.table, "condition": condition}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if selections -%}
        {%- do parts.append(seg2amp.messages_from_tables(selections, portions[0].call_type)) -%}
    {%- endif -%}
    {%- if window -%} {%- do kept.append("coalesce(not (" ~ window ~ "), true)") -%} {%- endif -%}
    {{
        seg2amp.landed(
            parts | join("\nunion all\n"),
            "(" ~ kept | join(")\nor (") ~ ")" if kept else "1 = 0",
        )
    }}
{% endmacro %}
