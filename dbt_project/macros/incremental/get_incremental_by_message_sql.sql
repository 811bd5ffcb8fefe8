{#-
    The incremental strategy `by_message`: what a message gave before goes when the message changed, whether or not it gives a row now. The
    model selects, by `changed`, all rows of the changed messages. Where rows and `build_history` are committed together, a message that is
    known only since the last build has given no row yet, and none is looked for.
-#}
{% macro get_incremental_by_message_sql(arguments) %}
    {%- set target, new_rows = arguments.target_relation, arguments.temp_relation -%}
    {%- set columns = arguments.dest_columns | map(attribute="quoted") | join(", ") %}
    delete from {{ target }}
    {%- if seg2amp.last_build() is not none %}
        where message_key in (
            (
                select message_key from {{ seg2amp.table_of("int_messages_known") }} where {{ seg2amp.changed() }}
                union
                select message_key from {{ new_rows }}
            )
            {%- if seg2amp.commits_with_hooks() %}
                except
                select message_key
                from {{ seg2amp.table_of("int_messages_known") }}
                where {{ seg2amp.changed(["known_since"]) }}
            {%- endif %}
        )
    {%- endif %};
    insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ new_rows }}
{% endmacro %}
