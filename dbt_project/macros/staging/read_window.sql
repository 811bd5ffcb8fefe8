{#- Conditions, none or two: a moment lies within the settings `read_since` and `read_until`. moment: SQL, when Segment received a message, naive UTC. -#}
{% macro read_window(moment) %}
    {%- set conditions = [] -%}
    {%- for setting, comparison in {"read_since": ">=", "read_until": "<"}.items() -%}
        {%- set bound = seg2amp.setting(setting) -%}
        {%- if bound -%}
            {%- do conditions.append(
                moment ~ " " ~ comparison ~ " " ~ seg2amp.moment_literal(bound)
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(conditions) }}
{% endmacro %}
