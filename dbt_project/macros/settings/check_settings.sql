{#-
    Stops the build where a profile or setting is unknown, has a wrong value, or contradicts another; runs before everything else.
    sources: whether raw schemas must be there too.
-#}
{% macro check_settings(sources=true) %}
    {%- set catalogue = var("setting_catalogue") -%}
    {%- for name, value in (invocation_args_dict.get("vars") or {}).items() -%}
        {%- if name not in catalogue and name != "profile" -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "` ("
                    ~ tojson(value)
                    ~ ") is unknown; audit_settings lists them all."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in catalogue -%} {%- do seg2amp.setting(name) -%} {%- endfor -%}
    {%- do seg2amp.check_together() -%}
    {%- do seg2amp.check_templates() -%}
    {%- do seg2amp.check_paths() -%}
    {%- do seg2amp.check_conditions() -%}
    {%- do seg2amp.check_window() -%}
    {%- do seg2amp.check_sources() if sources -%}
{% endmacro %}
