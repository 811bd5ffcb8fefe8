{#- A timestamp column, with or without zone, as a naive timestamp in UTC; NULL for infinity. -#}
{% macro naive_utc(column) %}
    {{ return(adapter.dispatch("naive_utc", "seg2amp")(column)) }}
{% endmacro %}

{% macro default__naive_utc(column) -%} make_timestamp(epoch_us({{ column }})) {%- endmacro %}

{#- Years after 9999 are NULL too: PostgreSQL's last ones would stop the build when they are rounded. -#}
{% macro postgres__naive_utc(column) -%}
    case
        when extract(epoch from {{ column }}) between -62135596800 and 253402300799
        then to_timestamp(extract(epoch from {{ column }})) at time zone 'UTC'
    end
{%- endmacro %}
