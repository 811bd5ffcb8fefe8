{#- The profile, which is the set of defaults the settings have. -#}
{% macro profile() %}
    {%- set profile = seg2amp.given_setting("profile", "recommended") -%}
    {%- if profile not in ["actions", "classic", "recommended"] -%}
        {{
            exceptions.raise_compiler_error(
                "Profile `"
                ~ profile
                ~ "` is unknown; there are actions, classic and recommended."
            )
        }}
    {%- endif -%}
    {{ return(profile) }}
{% endmacro %}
