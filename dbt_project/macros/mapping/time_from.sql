{#- Which of its `time_sources` gave a message its time; NULL where none did. -#}
{% macro time_from() -%}
    case
        {%- for name, ms in seg2amp.time_sources().items() %}
            when {{ ms }} is not null then '{{ name }}'
        {%- endfor %}
    end
{%- endmacro %}
