{#-
    Epoch milliseconds of the date that a regular expression cuts out of a text, read as UTC.
    groups: the numbers of its groups for year, month, day, hour, minute and second; a missing part counts as its first value.
    named_month: the month is an English short name instead of a number.
-#}
{% macro date_parts_ms(text, pattern, groups, named_month=false) -%}
    {%- set part = {} -%}
    {%- for name in ["year", "month", "day", "hour", "minute", "second"] -%}
        {%- do part.update({name: seg2amp.regex_group(text, pattern, groups[loop.index0])}) -%}
    {%- endfor -%}
    {%- set month -%}
        {%- if named_month -%}
            cast(
                floor(
                    (strpos('janfebmaraprmayjunjulaugsepoctnovdec', lower({{ part.month }})) + 2) / 3
                ) as bigint
            )
        {%- else -%} {{ seg2amp._date_part(part.month, 1) }}
        {%- endif -%}
    {%- endset -%}
    {%- set days = seg2amp.days_from_civil(
        seg2amp._date_part(part.year, 0), month, seg2amp._date_part(part.day, 1)
    ) -%}
    cast(
        (
            ({{ days }} * 24 + {{ seg2amp._date_part(part.hour, 0) }}) * 60
            + {{ seg2amp._date_part(part.minute, 0) }}
        )
        * 60000
        + {{ seg2amp._date_part(part.second, 0) }} * 1000 as bigint
    )
{%- endmacro %}

{% macro _date_part(text, first) -%}
    cast(coalesce({{ text }}, '{{ first }}') as bigint)
{%- endmacro %}
