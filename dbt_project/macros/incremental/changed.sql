{#-
    Condition: the rows of messages that changed since the model was built last; all where it must map everything anew.
    columns: those that hold the number of a change.
-#}
{% macro changed(columns=["change_number"]) -%}
    {%- set last = seg2amp.last_build() -%}
    {%- if last is none -%} 1 = 1
    {%- else -%} ({{ columns | join(" > " ~ last ~ " or ") }} > {{ last }})
    {%- endif -%}
{%- endmacro %}
