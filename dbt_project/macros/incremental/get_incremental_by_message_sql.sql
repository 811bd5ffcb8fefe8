{#-
    The incremental strategy `by_message`: what a message gave before goes when the message changed, whether or not it gives a row now.
    The model selects, by `changed`, all rows of the changed messages.
-#}
{% macro get_incremental_by_message_sql(arguments) %}
    {%- set target, new_rows = arguments.target_relation, arguments.temp_relation -%}
    {%- set columns = arguments.dest_columns | map(attribute="quoted") | join(", ") %}
    delete from {{ target }}
    {%- if seg2amp.last_build() is not none %}
        where message_key in (
            select message_key from {{ seg2amp.known_messages() }} where {{ seg2amp.changed() }}
            union all
            select message_key from {{ new_rows }}
        )
    {%- endif %};
    insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ new_rows }}
{% endmacro %}
