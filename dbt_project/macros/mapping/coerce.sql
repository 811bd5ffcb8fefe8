{#- A JSON value read as the kind that a field of `typed_fields` must have; NULL where it is not of that kind. -#}
{% macro coerce(field, json) -%}
    {%- if field.kind == "text" and field.keep_empty -%} {{ seg2amp.coerce_text(json) }}
    {%- elif field.kind == "text" -%} nullif({{ seg2amp.coerce_text(json) }}, '')
    {%- elif field.kind in ("number", "integer") -%} {{ seg2amp.coerce_number(json) }}
    {%- elif field.kind == "time" -%} {{ seg2amp.coerce_time(json) }}
    {%- elif field.kind == "session" -%} {{ seg2amp.coerce_session(json) }}
    {%- else -%} case when left({{ json }}, 1) = '{' then {{ json }} end
    {%- endif -%}
{%- endmacro %}
