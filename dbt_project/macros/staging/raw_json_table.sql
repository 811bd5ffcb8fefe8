{#-
    The table or view that `raw_json_relation` names, as `raw_tables` gives it, but for its names in staging: `schema` is the setting as it was given
    and `name` raw_json. Stops the build where there is none, or where it lacks the column of messages.
-#}
{% macro raw_json_table(relation) %}
    {%- set names = relation.rsplit(".", 1) -%}
    {%- set column = seg2amp.setting("raw_json_column") -%}
    {%- set found = [] -%}
    {%- for table in seg2amp.raw_tables(names | first) if names | length == 2 -%}
        {%- do found.append(table) if table.name == names[1] | lower -%}
    {%- endfor -%}
    {%- set problem -%}
        {%- if not found -%} there is no table `{{ relation }}`; name one with its schema
        {%- elif column | lower not in found[0].columns -%}
            `{{ relation }}` has no column `{{ column }}`; the setting `raw_json_column` names it
        {%- endif -%}
    {%- endset -%}
    {%- if problem -%}
        {{ exceptions.raise_compiler_error("Setting `raw_json_relation`: " ~ problem ~ ".") }}
    {%- endif -%}
    {%- do found[0].update({"schema": relation, "name": "raw_json"}) -%}
    {{ return(found[0]) }}
{% endmacro %}
