{#-
    Epoch milliseconds of the date that a regular expression cuts out of a text.
    groups: the numbers of its groups for year, month (number or English short name), day, hour, minute and second;
    a part that is missing counts as its first value.
-#}
{% macro date_parts_ms(text, pattern, groups) %}
    {%- set parts = [] -%}
    {%- for n in groups -%}
        {%- set part = seg2amp.regex_group(text, pattern, n) -%}
        {%- set first = 1 if loop.index in (2, 3) else 0 -%}
        {%- if loop.index == 2 and groups[1] > groups[2] -%}
            {%- set number = (
                "(strpos('janfebmaraprmayjunjulaugsepoctnovdec', lower("
                ~ part
                ~ ")) + 2) / 3"
            ) -%}
            {%- do parts.append("cast(floor(" ~ number ~ ") as bigint)") -%}
        {%- else -%}
            {%- do parts.append(
                "cast(coalesce(nullif(" ~ part ~ ", ''), '" ~ first ~ "') as bigint)"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{
        return(
            "cast((("
            ~ seg2amp.days_from_civil(parts[0], parts[1], parts[2])
            ~ " * 24 + "
            ~ parts[3]
            ~ ") * 60 + "
            ~ parts[4]
            ~ ") * 60000 + "
            ~ parts[5]
            ~ " * 1000 as bigint)"
        )
    }}
{% endmacro %}
