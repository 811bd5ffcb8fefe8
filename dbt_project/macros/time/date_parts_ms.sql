{#-
    Epoch milliseconds of the date that a regular expression cuts out of a text, read as UTC.
    groups: the numbers of its groups for year, month, day, hour, minute and second; a missing part counts as its first value.
    named_month: the month is an English short name instead of a number.
    A date that does not exist, such as 30 February, is NULL; with `rolling` it rolls into the next month, as JavaScript's do.
-#}
{% macro date_parts_ms(text, pattern, groups, rolling, named_month=false) -%}
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
    {%- if rolling -%}
        {#- Days since 1970 in plain arithmetic, years counted from March, so that the leap day comes last. -#}
        {%- set y -%}
            ({{ seg2amp._date_part(part.year, 0) }} + floor(({{ month }} - 1) / 12.0) - case when ({{ month }} - 1) % 12 < 2 then 1 else 0 end)
        {%- endset -%}
        {%- set days -%}
            (
                365 * {{ y }}
                + floor({{ y }} / 4.0)
                - floor({{ y }} / 100.0)
                + floor({{ y }} / 400.0)
                + floor((153 * (({{ month }} + 9) % 12) + 2) / 5.0)
                + {{ seg2amp._date_part(part.day, 1) }}
                - 719469
            )
        {%- endset -%}
        cast(
            (
                ({{ days }} * 24 + {{ seg2amp._date_part(part.hour, 0) }}) * 60
                + {{ seg2amp._date_part(part.minute, 0) }}
            )
            * 60000
            + {{ seg2amp._date_part(part.second, 0) }} * 1000 as bigint
        )
    {%- else -%}
        {#- The year 0 and a second of 60 are taken out beforehand, because engines differ about them. -#}
        {%- set date -%}
        nullif({{ part.year }}, '0000')
        || '-' || lpad(cast({{ month }} as text), 2, '0')
        || '-' || lpad(coalesce({{ part.day }}, '1'), 2, '0')
        || ' ' || lpad(coalesce({{ part.hour }}, '0'), 2, '0')
        || ':' || lpad(coalesce({{ part.minute }}, '0'), 2, '0')
        || ':' || nullif(lpad(coalesce({{ part.second }}, '0'), 2, '0'), '60')
        {%- endset -%}
        {{ seg2amp.epoch_ms(seg2amp.try_cast("(" ~ date ~ ")", "timestamp")) }}
    {%- endif -%}
{%- endmacro %}

{% macro _date_part(text, first) -%}
    cast(coalesce({{ text }}, '{{ first }}') as bigint)
{%- endmacro %}
