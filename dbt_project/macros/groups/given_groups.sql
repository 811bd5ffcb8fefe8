{#-
    The groups that a message names in its options, as `event_groups_option` and `session_id_source` say. With `strict_types` off a number or
    boolean counts as text and null as nothing, as in the value of a group call. NULL where no setting asks for them.
-#}
{% macro given_groups() -%}
    {%- set groups = {
        "actions": "actions_groups",
        "classic": "classic_groups",
        "any": "coalesce(actions_groups, classic_groups)",
    }[seg2amp.setting("session_id_source")] -%}
    {%- if not seg2amp.setting("event_groups_option") -%} cast(null as text)
    {%- elif seg2amp.setting("strict_types") -%} {{ groups }}
    {%- else -%}
        case when {{ groups }} is not null then nullif({{ seg2amp.json_texts(groups) }}, '{}') end
    {%- endif -%}
{%- endmacro %}
