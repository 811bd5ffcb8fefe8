{#- A field of `typed_fields`, read from its JSON column as the kind it must have; NULL where it is not of that kind. -#}
{% macro coerce(field) -%}
    {%- set json = field.name ~ "_json" -%}
    {%- if field.kind == "text" and field.keep_empty -%} {{ seg2amp.coerce_text(json) }}
    {%- elif field.kind == "text" -%} nullif({{ seg2amp.coerce_text(json) }}, '')
    {%- elif field.kind in ("number", "integer") -%} {{ seg2amp.coerce_number(json) }}
    {%- elif field.kind == "time" -%} {{ seg2amp.coerce_time(json) }}
    {%- elif field.kind == "session" -%} {{ seg2amp.coerce_session(json) }}
    {%- else -%} case when left({{ json }}, 1) = '{' then {{ json }} end
    {%- endif -%}
{%- endmacro %}
