{#- A date as text, `2026-01-10`, whatever form the session gives to dates; NULL outside the years 1 to 9999. -#}
{% macro iso_date(date) -%}
    case
        when {{ date }} between date '0001-01-01' and date '9999-12-31'
        then {{ adapter.dispatch("iso_date", "seg2amp")(date) }}
    end
{%- endmacro %}

{% macro default__iso_date(date) -%} strftime({{ date }}, '%Y-%m-%d') {%- endmacro %}

{% macro postgres__iso_date(date) -%} to_char({{ date }}, 'YYYY-MM-DD') {%- endmacro %}
