{#-
    Days since 1970-01-01 of a year, month and day, in plain arithmetic that is the same on every engine.
    A month or day beyond its range rolls into the next, as JavaScript's dates do (Feb 30 is Mar 1, month 13 is January).
    Years are counted from March, so that the leap day comes last.
-#}
{% macro days_from_civil(year, month, day) -%}
    {%- set y -%}
        ({{ year }} + floor(({{ month }} - 1) / 12.0) - case when ({{ month }} - 1) % 12 < 2 then 1 else 0 end)
    {%- endset -%}
    (
        365 * {{ y }}
        + floor({{ y }} / 4.0)
        - floor({{ y }} / 100.0)
        + floor({{ y }} / 400.0)
        + floor((153 * (({{ month }} + 9) % 12) + 2) / 5.0)
        + {{ day }}
        - 719469
    )
{%- endmacro %}
