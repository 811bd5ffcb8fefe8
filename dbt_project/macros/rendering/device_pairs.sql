{#- The JSON pairs of `device_fields`. -#}
{% macro device_pairs() %}
    {%- set pairs = {} -%}
    {%- for name in seg2amp.device_fields() -%}
        {%- do pairs.update({name: seg2amp.json_string(name)}) -%}
    {%- endfor -%}
    {{ return(pairs) }}
{% endmacro %}
