{#-
    In words, where fields come from that an identify has among the events alone: {field: origins}. always: whether such rows stay there
    whatever `identify_endpoint` says.
-#}
{% macro stream_origins(fields, always=false) %}
    {%- set form = seg2amp.setting("identify_endpoint") == "form" -%}
    {%- set stays = (
        " Only where the row adds, appends or prepends, and so stays among the events."
    ) -%}
    {%- set words = {} -%}
    {%- for field, origins in fields.items() -%}
        {%- set told = [] -%}
        {%- for origin in origins -%}
            {%- set settings = origin.settings + ["identify_endpoint"] -%}
            {%- set rule = origin.rule ~ (stays if form else "") -%}
            {%- set unchanged = always or origin["from"] == "not sent" -%}
            {%- do told.append(
                origin if unchanged else dict(origin, settings=settings, rule=rule)
            ) -%}
        {%- endfor -%}
        {%- do words.update({field: told}) -%}
    {%- endfor -%}
    {{ return(words) }}
{% endmacro %}
