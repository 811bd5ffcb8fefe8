{#- In words, where the library of a row comes from. said: whether the call is one for which it always says `segment`. -#}
{% macro library_origin(said) %}
    {%- if said -%} {{ return(seg2amp.origin(["the word `segment`"], "Always the same.")) }}
    {%- else -%}
        {%- set value = seg2amp.setting("library_value") -%}
        {{
            return(
                seg2amp.origin(
                    ["the word `" ~ value ~ "`" if value else seg2amp.field_path("library_name")],
                    settings=["library_value"],
                )
            )
        }}
    {%- endif -%}
{% endmacro %}
