{#- The entries of `device_fields` in a row: {field, origins}. origins: what `device_origins` gives; without it they are not sent. -#}
{% macro device_entries(origins=none) %}
    {%- set entries = [] -%}
    {%- for name in seg2amp.device_fields() -%}
        {%- set unsent = [seg2amp.origin([], "Such a row says nothing of the device.")] -%}
        {%- do entries.append(
            {
                "field": name,
                "origins": origins[name] if origins else unsent,
            }
        ) -%}
    {%- endfor -%}
    {{ return(entries) }}
{% endmacro %}
