{#-
    In words, where an Amplitude field, or one part of it, comes from under the current settings.
      sources   paths of a message in backticks, and other words, in the order they are asked; none: the field is not sent
      rule      one sentence on what happens to the value
      settings  the names of the settings that bear on it
      calls     the calls it holds for, where it does not hold for all that make such a row
      part      the property inside the field, where it has a source of its own
-#}
{% macro origin(sources, rule="", settings=[], calls="", part="") %}
    {{
        return(
            {
                "from": sources | join(", else ") or "not sent",
                "rule": rule or ("As it was sent." if sources else "The settings ask for none."),
                "settings": settings,
                "calls": calls,
                "part": part,
            }
        )
    }}
{% endmacro %}
