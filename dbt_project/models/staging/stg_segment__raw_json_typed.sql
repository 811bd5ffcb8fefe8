{#- Fields whose reading settings decide stay JSON as they were parsed, but for a list of one, which is its element. -#}
{%- set lenient = not seg2amp.setting("strict_types") -%}
{%- set several_types = ["user_id", "timestamp", "actions_session_id", "classic_session_id"] -%}
{%- set fields = seg2amp.message_fields() -%}
{%- set scalars = (
    fields
    | selectattr("kind", "in", ["id", "number", "time", "session", "text"])
    | list + fields
    | selectattr("name", "equalto", "event")
    | list
) -%}
{%- set unwrapped, texts, others = {}, {}, [] -%}
{%- for field in fields -%}
    {%- if field in scalars -%}
        {%- set reading = seg2amp.call(
            (
                "only_element"
                if lenient or field.name not in several_types
                else "only_element_no_text"
            ),
            "each_value",
        ) -%}
        {%- do unwrapped.setdefault(reading, {}).update(
            {field.name ~ "_json": seg2amp.raw_leaf(field)}
        ) -%}
        {%- do texts.update({field.name: field.name ~ "_json"}) if field.kind == "text" -%}
    {%- elif not field.by_setting or field.name == "context" -%}
        {%- do others.append(field.name ~ "_json") -%}
    {%- endif -%}
{%- endfor -%}
{%- set own = [] -%}
{%- for name in seg2amp.door_columns() if name != "misread_texts" -%}
    {%- if loop.index <= 12 -%} {%- do own.append(name) -%} {%- endif -%}
{%- endfor -%}
{%- set kept = own + others -%}
{%- set kept_json = kept[:] -%}
{%- for columns in unwrapped.values() -%} {%- do kept_json.extend(columns) -%} {%- endfor -%}
with
    unwrapped as ({{ seg2amp.read_alike(ref("stg_segment__raw_json"), kept, unwrapped) }}),

    typed as (
        {{
            seg2amp.read_alike(
                "unwrapped", kept_json, {seg2amp.call("read_text", "each_value"): texts}
            )
        }}
    )

select
    {{ own | join(",\n    ") }},
    {%- for field in fields %}
        {%- set json = seg2amp.raw_leaf(field) %}
        {%- if field.kind == "text" %} {{ field.name }},
        {%- elif field.name == "consent" %}
            -- Preferences that are no object agree to nothing.
            case
                when left({{ json }}, 1) = '{'
                then {{ json }}
                when {{ json }} <> 'null'
                then '{"": false}'
            end as consent,
        {%- elif field.kind == "object" %}
            case when left({{ json }}, 1) = '{' then {{ json }} end as {{ field.name }},
        {%- elif field.kind == "json" %} {{ json }} as {{ field.name }},
        {%- elif field.kind == "flag" %}
            case
                when {{ seg2amp.has_value(json) }} then {{ json }} in ('true', '"true"')
            end as {{ field.name }},
        {%- elif field.kind == "order" %}
            case
                when {{ seg2amp.has_value(json) }} then '{"order_id":' || {{ json }} || '}'
            end as order_object,
        {%- else %}
            {%- for name, type in seg2amp.typed_columns(field).items() %}
                {% if field.kind == "time" and type == "bigint" -%}
                    {{ seg2amp.iso_json_ms(field.name ~ "_json") }}
                {%- else -%} cast(null as {{ seg2amp.type_name(type) }})
                {%- endif %} as {{ name }},
            {%- endfor %}
            {{ field.name }}_json,
        {%- endif %}
    {%- endfor %}
    {{ seg2amp.misread_texts() }} as misread_texts
from typed
