{#-
    The rows, each with its payload, of the messages that changed since the outbox was built last: those alone are rendered.
-#}
{% macro changed_rows() -%}
    {%- set rendered = ref("int_rows_rendered") -%}
    {%- if seg2amp.last_build() is none and execute -%} select * from {{ rendered }}
    {%- else -%}
        {{
            seg2amp.rendered_rows(
                "select message_key from "
                ~ ref("int_messages_sessionised")
                ~ " where "
                ~ seg2amp.changed_events()
            )
        }}
    {%- endif -%}
{%- endmacro %}
