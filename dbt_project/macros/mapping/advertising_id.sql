{#-
    idfa or adid of an event: the advertising id, on every system, or with `advertising_id_on` = by_os on that system alone.
    Source: both destinations.
-#}
{% macro advertising_id(system) -%}
    {%- if seg2amp.setting("advertising_id_on") == "by_os" -%}
        case when lower(os_name) = '{{ system }}' then advertising_id end
    {%- else -%} advertising_id
    {%- endif -%}
{%- endmacro %}
