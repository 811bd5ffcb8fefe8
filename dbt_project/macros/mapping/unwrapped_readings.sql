{#- How the JSON of scalar fields is `unwrapped`, as `read_alike` takes it. -#}
{% macro unwrapped_readings() %}
    {%- set lenient = not seg2amp.setting("strict_types") -%}
    {%- set readings = {} -%}
    {%- for field in seg2amp.typed_fields() if field.kind != "object" -%}
        {%- set json = seg2amp.unwrapped(
            "each_value", strings=lenient or not field.several_types
        ) -%}
        {%- set name = field.name ~ "_json" -%}
        {%- do readings.setdefault(json, {}).update({name: name}) -%}
    {%- endfor -%}
    {{ return(readings) }}
{% endmacro %}
