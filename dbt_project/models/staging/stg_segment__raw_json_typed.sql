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
{%- set selected = own[:] -%}
{%- for field in fields -%}
    {%- set json = seg2amp.raw_leaf(field) | trim -%}
    {%- set is_object = "case when left(" ~ json ~ ", 1) = '{' then " ~ json -%}
    {%- set has_value = "case when " ~ seg2amp.has_value(json) ~ " then " -%}
    {%- if field.kind == "text" -%} {%- do selected.append(field.name) -%}
    {%- elif field.name == "consent" -%}
        {#- Preferences that are no object agree to nothing. -#}
        {%- set nothing = " when " ~ json ~ " <> 'null' then '{\"\": false}'" -%}
        {%- do selected.append(is_object ~ nothing ~ " end as consent") -%}
    {%- elif field.kind == "object" -%}
        {%- do selected.append(is_object ~ " end as " ~ field.name) -%}
    {%- elif field.kind == "json" -%} {%- do selected.append(json ~ " as " ~ field.name) -%}
    {%- elif field.kind == "flag" -%}
        {%- set words = " in ('true', '\"true\"') end as " -%}
        {%- do selected.append(has_value ~ json ~ words ~ field.name) -%}
    {%- elif field.kind == "order" -%}
        {%- do selected.append(
            has_value ~ "'{\"order_id\":' || " ~ json ~ " || '}' end as order_object"
        ) -%}
    {%- else -%}
        {%- for name, type in seg2amp.typed_columns(field).items() -%}
            {%- set value = "cast(null as " ~ seg2amp.type_name(type) ~ ")" -%}
            {%- if field.kind == "time" and type == "bigint" -%}
                {%- set value = seg2amp.call("ms_in_iso_json", field.name ~ "_json") -%}
            {%- endif -%}
            {%- do selected.append(value ~ " as " ~ name) -%}
        {%- endfor -%}
        {%- do selected.append(field.name ~ "_json") -%}
    {%- endif -%}
{%- endfor %}
with
    unwrapped as ({{ seg2amp.read_alike(ref("stg_segment__raw_json"), kept, unwrapped) }}),

    typed as (
        {{
            seg2amp.read_alike(
                "unwrapped", kept_json, {seg2amp.call("read_text", "each_value"): texts}
            )
        }}
    )

select {{ seg2amp.listed(selected, 4) }}, {{ seg2amp.misread_texts() }} as misread_texts
from typed
