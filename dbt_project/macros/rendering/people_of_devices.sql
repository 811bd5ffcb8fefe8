{#-
    The first user of each device, as `int_devices_identified` has them. devices: SQL, a select of those that a build asks for: they are few,
    while all of them take a look at every message.
-#}
{% macro people_of_devices(devices) -%}
    {%- set everyone = ref("int_devices_identified") -%}
    {%- if not is_incremental() and execute -%} select * from {{ everyone }}
    {%- else -%} {{ seg2amp.identified_devices(devices) }}
    {%- endif -%}
{%- endmacro %}
