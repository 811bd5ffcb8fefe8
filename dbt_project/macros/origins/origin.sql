{#-
    In words, where an Amplitude field, or one part of it, comes from under the current settings.
      sources   paths of a message in backticks, and other words, in the order they are asked; an empty one is not asked under these
                settings. Where none is left, the field is not sent
      rule      one sentence on what happens to the value
      settings  the names of the settings that bear on it
      calls     the calls it holds for, where it does not hold for all that make such a row
      part      the property inside the field, where it has a source of its own
-#}
{% macro origin(sources, rule="", settings=[], calls="", part="") %}
    {%- set asked = sources | select | list -%}
    {{
        return(
            {
                "from": asked | join(", else ") or "not sent",
                "rule": rule or ("As it was sent." if asked else "The settings ask for none."),
                "settings": settings,
                "calls": calls,
                "part": part,
            }
        )
    }}
{% endmacro %}

{#-
    Where a field of `message_fields` stands in a message, as people write it: `context.device.id`, in backticks. also: the second place that it has
    in raw JSON.
-#}
{% macro field_path(name, also=false) %}
    {%- set field = seg2amp.message_fields() | selectattr("name", "equalto", name) | first -%}
    {{ return("`" ~ (field.also if also else field.path) | join(".") ~ "`") }}
{% endmacro %}

{#- Where an option of a message for Amplitude stands, in the order that `session_id_source` asks: paths in backticks. -#}
{% macro option_paths(name) %}
    {%- set source = seg2amp.setting("session_id_source") -%}
    {%- set paths = [] -%}
    {%- for destination in ["actions", "classic"] if source in (destination, "any") -%}
        {%- do paths.append(seg2amp.field_path(destination ~ "_" ~ name)) -%}
    {%- endfor -%}
    {{ return(paths) }}
{% endmacro %}
