{#-
    The traits of an identify call that one of the settings traits_to_increment, _set_once, _append, _prepend and _unset names, as the
    JSON object of its operation; NULL where the call has none of them. A trait that several settings name belongs to the first.
    An increment that is no number is left out, but for `strict_types`. Source: Amplitude (Classic) and analytics.js.
-#}
{% macro trait_operation(setting_name) -%}
    {%- set pairs = {} -%}
    {%- for name in seg2amp.traits_with_operation()[setting_name] -%}
        {%- set json = seg2amp.json_leaf("traits", [name]) | trim -%}
        {%- set operand = "nullif(" ~ json ~ ", 'null')" -%}
        {%- if setting_name == "traits_to_unset" -%}
            {%- set operand = "case when " ~ json ~ " is not null then '\"-\"' end" -%}
        {%- elif setting_name == "traits_to_increment" -%}
            {%- set unread = json if seg2amp.setting("strict_types") else "null" -%}
            {%- set number = "cast(" ~ seg2amp.read_number(json) ~ " as text)" -%}
            {%- set operand = "coalesce(" ~ number ~ ", " ~ unread ~ ")" -%}
        {%- endif -%}
        {%- do pairs.update({name: operand}) -%}
    {%- endfor -%}
    {%- if not pairs -%} cast(null as text)
    {%- else -%}
        case
            when call_type = 'identify' and traits is not null
            then nullif({{ seg2amp.json_object(pairs) }}, '{}')
        end
    {%- endif -%}
{%- endmacro %}
