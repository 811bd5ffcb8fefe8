{#-
    library: the name of the Segment library, or what `library_value` says instead; identifies and group calls always say `segment`.
    Source: Amplitude (Actions).
-#}
{% macro library() -%}
    {%- set value = seg2amp.setting("library_value") -%}
    case
        when call_type in ('identify', 'group')
        then 'segment'
        {%- if value %} else '{{ dbt.escape_single_quotes(value) }}'
        {%- else %} else library_name
        {%- endif %}
    end
{%- endmacro %}
