{#- In words, which values an entry of the catalogue allows; none where its type alone says so. -#}
{% macro allowed_words(entry) %}
    {%- if entry.allowed -%}
        {%- set values = [] -%}
        {%- for value in entry.allowed -%}
            {%- do values.append(value if value is string else tojson(value)) -%}
        {%- endfor -%}
        {{ return(values | join(", ")) }}
    {%- elif entry.minimum is defined -%} {{ return(entry.minimum ~ " or more") }}
    {%- elif entry.fields -%} {{ return("for " ~ entry.fields | join(", ")) }}
    {%- elif entry.choices -%} {{ return("each one of " ~ entry.choices | join(", ")) }}
    {%- else -%} {{ return(none) }}
    {%- endif -%}
{% endmacro %}
