{#-
    All raw rows of one call type, from every schema in `segment_schemas`, in the canonical message shape; a table that is missing is
    simply empty.
-#}
{% macro messages_from_schemas(call_type) %}
    {{- seg2amp.wait_for_seeds() }}
    {%- do ref("property_names") -%}
    {{- seg2amp.messages_from_portions(seg2amp.portions(call_type)) }}
{% endmacro %}
