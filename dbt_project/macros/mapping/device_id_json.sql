{#-
    The device id, still as JSON: context.device.id, else anonymousId; `prefer_anonymous_id_for_device_id` turns that round.
    Where `keep_empty_text` is on, an empty first id hides the second, as in Amplitude (Actions).
-#}
{% macro device_id_json() -%}
    {%- set ids = ["context_device_id_json", "anonymous_id_json"] -%}
    {%- if seg2amp.setting("prefer_anonymous_id_for_device_id") -%}
        {%- set ids = ids | reverse | list -%}
    {%- endif -%}
    case
        when
            {{ ids[0] }} is null
            or {{ ids[0] }}
            in ('null' {%- if not seg2amp.setting("keep_empty_text") %}, '""' {%- endif %})
        then {{ ids[1] }}
        else {{ ids[0] }}
    end
{%- endmacro %}
