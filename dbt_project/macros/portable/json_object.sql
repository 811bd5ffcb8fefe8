{#-
    A JSON object from {key: SQL expression of JSON text}, in the given order. Pairs whose value is NULL are left out,
    which no engine's own object function does alike.
-#}
{% macro json_object(pairs) %}
    {%- set simple = '^["\w.]+([(][^()]*([(][^()]*[)][^()]*)*[)])?$' -%}
    {%- set members = [] -%}
    {%- for key, json in pairs.items() -%}
        {%- set name = "'" ~ dbt.escape_single_quotes(tojson(key)) ~ ":'" -%}
        {%- set json = json | trim -%}
        {%- set value = json if modules.re.match(simple, json) else "(" ~ json ~ ")" -%}
        {%- do members.append(name ~ " || " ~ value) -%}
    {%- endfor -%}
    {{
        return(
            "'{' || concat_ws(\n            ',', "
            ~ seg2amp.listed(members, 12)
            ~ "\n        ) || '}'"
            if pairs
            else "'{}'"
        )
    }}
{% endmacro %}
