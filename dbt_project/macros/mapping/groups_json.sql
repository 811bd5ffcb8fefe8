{#-
    The groups that a message names in its options, still as JSON. With `strict_types` off a number or boolean counts as text and null as
    nothing, as in the value of a group call.
-#}
{% macro groups_json() -%}
    {%- set groups = seg2amp.option_json("groups") -%}
    {%- if seg2amp.setting("strict_types") or not seg2amp.setting("event_groups_option") -%}
        {{ groups }}
    {%- else -%}
        case
            when left(({{ groups }}), 1) = '{'
            then nullif({{ seg2amp.json_texts("(" ~ groups ~ ")") }}, '{}')
        end
    {%- endif -%}
{%- endmacro %}
