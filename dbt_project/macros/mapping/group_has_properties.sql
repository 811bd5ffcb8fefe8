{#-
    Whether a group call says something of the group itself. `group_properties_of_fallback` off: not where its type is the fallback
    "[Segment] Group", as Amplitude (Classic) documents it.
-#}
{% macro group_has_properties() -%}
    {%- if seg2amp.setting("group_properties_of_fallback") -%} true
    {%- else -%} (group_type <> '[Segment] Group')
    {%- endif -%}
{%- endmacro %}
