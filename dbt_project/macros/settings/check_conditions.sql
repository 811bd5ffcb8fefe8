{#- Stops the build where only_where or drop_where compares a field with something else than text, a number, a boolean or null. -#}
{% macro check_conditions() %}
    {%- for name in ["only_where", "drop_where"] -%}
        {%- for path, value in seg2amp.setting(name).items() -%}
            {%- set finite = value is number and value - value == 0 -%}
            {%- if not (value is string or finite or value is none) -%}
                {{
                    exceptions.raise_compiler_error(
                        "Setting `"
                        ~ name
                        ~ "`: the value of `"
                        ~ path
                        ~ "` must be text, a number, a boolean or null, but is "
                        ~ tojson(value)
                        ~ "."
                    )
                }}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
