{#-
    Whether a field that holds a value could not be read as its kind. A time or session of digits never counts as misread:
    where it is no date, only that value is left out, as the destination does.
-#}
{% macro is_misread(name, kind) -%}
    {%- if kind == "integer" -%} ({{ name }} is null or {{ name }} <> floor({{ name }}))
    {%- elif kind in ("time", "session") -%}
        (
            {{ name }} is null and not
            {{
                seg2amp.regex_matches(
                    name ~ "_json", '^("-?[0-9.]+"|-?[0-9.]+([eE][+-]?[0-9]+)?)$'
                )
            }}
        )
    {%- else -%} ({{ name }} is null)
    {%- endif -%}
{%- endmacro %}
