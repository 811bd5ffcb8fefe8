{#- Whether a table's name, alone or behind its schema, is one of the patterns; `*` stands for any text, and case does not matter. -#}
{% macro name_matches(name, full_name, patterns) %}
    {%- for pattern in patterns -%}
        {%- set expression = modules.re.escape(pattern | lower) | replace("\\*", ".*") -%}
        {%- if modules.re.fullmatch(expression, name) or modules.re.fullmatch(
            expression, full_name | lower
        ) -%}
            {{ return(true) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}
