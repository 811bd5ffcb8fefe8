{#- One of the Amplitude fields that `mapped_fields` gives a path, as text, or for event_id as a number; NULL without a path. -#}
{% macro mapped_value(name) -%}
    {%- set json = name ~ "_json" -%}
    {%- if name not in seg2amp.setting("mapped_fields") -%}
        cast(null as {{ seg2amp.type_name("double" if name == "event_id" else "text") }})
    {%- elif name == "event_id" -%} {{ seg2amp.read_number(json) }}
    {%- else -%} nullif({{ seg2amp.call("read_text", json) }}, '')
    {%- endif -%}
{%- endmacro %}
