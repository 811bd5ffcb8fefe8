{#-
    The JSON of a field as a raw message has it, from the columns of `stg_segment__raw_json`: at its place, or where that holds nothing at the one
    it may also have; a session id and outOfSession of Amplitude (Classic) in either spelling.
-#}
{% macro raw_leaf(field) -%}
    {%- set json = field.name ~ "_json" -%}
    {%- set other = {
        "classic_session_id": "sessionId",
        "classic_out_of_session": "out_of_session",
    }.get(field.name) -%}
    {%- set also_strictly = field.name == "advertising_id" -%}
    {%- if field.by_setting and field.name != "context" -%}
        {{
            (
                seg2amp.json_leaf("integrations_json", field.path[1:])
                if seg2amp.setting("event_groups_option")
                else "cast(null as text)"
            )
        }}
    {%- elif other -%}
        coalesce(
            {{ json }},
            case
                when left(integrations_json, 1) = '{'
                then {{ seg2amp.json_leaf("integrations_json", ["Amplitude", other]) }}
            end
        )
    {%- elif field.also and (also_strictly or not seg2amp.setting("strict_types")) -%}
        case
            when coalesce({{ json }}, 'null') = 'null'
            then {{ field.name }}_also_json
            else {{ json }}
        end
    {%- else -%} {{ json }}
    {%- endif -%}
{%- endmacro %}
