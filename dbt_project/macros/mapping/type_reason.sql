{#-
    Why a message's values cannot be mapped, joined by `; `; NULL where they can.
    One rule for every field: it holds a value, and that value is not of its kind.
-#}
{% macro type_reason() %}
    {%- set reasons = [] -%}
    {%- for field in seg2amp.typed_fields() if field.required or seg2amp.setting("strict_types") -%}
        {%- set json = field.name ~ "_json" -%}
        {%- set wrong = field.name ~ " is null" -%}
        {%- if field.kind == "integer" -%}
            {%- set wrong = (
                "("
                ~ field.name
                ~ " is null or "
                ~ field.name
                ~ " <> floor("
                ~ field.name
                ~ "))"
            ) -%}
        {%- elif field.kind == "time" or field.kind == "session" -%}
            {%- set wrong = (
                field.name
                ~ " is null and not "
                ~ seg2amp.regex_matches(json, '^"?-?[0-9.]+"?$')
            ) -%}
        {%- endif -%}
        {%- do reasons.append(
            "case when call_type in ('" ~ field.calls
            | join("', '")
            ~ "') and "
            ~ seg2amp.has_value(json)
            ~ " and "
            ~ wrong
            ~ " then '"
            ~ field.name
            ~ " cannot be read as "
            ~ field.kind
            ~ "' end"
        ) -%}
    {%- endfor -%}
    {{ return("nullif(concat_ws('; ', " ~ reasons | join(", ") ~ "), '')") }}
{% endmacro %}
