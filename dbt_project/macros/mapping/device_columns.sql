{#-
    The Amplitude columns of `device_fields`.
    only_call: the call type they are filled for; a group call's membership row says nothing of the device.
-#}
{% macro device_columns(only_call=none) -%}
    {%- for name in seg2amp.device_fields() %}
        {% if only_call -%}
            case when call_type = '{{ only_call }}' then {{ name }} end as {{ name }}
        {%- else -%} {{ name }}
        {%- endif -%} {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
