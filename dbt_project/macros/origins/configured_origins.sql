{#- What one of the settings user_properties_set, _set_once and _add asks for. -#}
{% macro configured_origins(call, operation, configured) %}
    {%- set origins = [] -%}
    {%- set settings = [configured, "log_event_version"] -%}
    {%- if seg2amp._events_are_configured(call, configured) -%}
        {%- for name, value in seg2amp.setting(configured).items() -%}
            {%- set word = "the number " ~ value if value is number else "`" ~ value ~ "`" -%}
            {%- do origins.append(
                seg2amp.origin(
                    [word],
                    "Not on completed orders.",
                    settings,
                    part=operation ~ "." ~ name,
                )
            ) -%}
        {%- endfor -%}
    {%- elif call != "identify" -%}
        {%- do origins.append(
            seg2amp.origin([], settings=settings, part=operation ~ ".<name>")
        ) -%}
    {%- endif -%}
    {{ return(origins) }}
{% endmacro %}
