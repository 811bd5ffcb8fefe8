{#-
    What `raw_json_relation` gives to read, none or one portion, as `portions` gives them for tables: {table, conditions, loaded_at}, and
    in `raw` SQL of the message as JSON text.
    The table's columns: the message (setting `raw_json_column`: text, JSON, or a struct), and where it has them `line`, its number, and
    when it was loaded (uuid_ts, loaded_at or received_at).
-#}
{% macro raw_json_portions() %}
    {%- set relation = seg2amp.setting("raw_json_relation") -%}
    {%- if not relation or not execute -%} {{ return([]) }}{%- endif -%}
    {%- set column = seg2amp.setting("raw_json_column") -%}
    {%- set names = relation.rsplit(".", 1) -%}
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
    {%- set table, column = found[0], column | lower -%}
    {%- set name, type = seg2amp.quoted_name(column), table.columns[column] -%}
    {%- set nested = type.startswith(("json", "struct", "map", "variant")) -%}
    {%- set raw = seg2amp.json_string(name) if nested else "cast(" ~ name ~ " as text)" -%}
    {%- set loaded = (
        ["uuid_ts", "loaded_at", "received_at"] | select("in", table.columns) | first
    ) -%}
    {%- set loaded_at = seg2amp.moment(loaded, table.columns[loaded]) if loaded else none -%}
    {%- set json -%}
        case when {{ seg2amp.unreadable_reason(raw) }} is null then {{ raw }} else '{}' end
    {%- endset -%}
    {%- set leaf = seg2amp.json_leaf(json, ["receivedAt"]) -%}
    {%- set moment = seg2amp.epoch_timestamp(seg2amp.call("read_time_epoch", leaf)) -%}
    {%- set moment = seg2amp.call("known_moment", moment) -%}
    {%- set received = seg2amp.read_window(moment) | join(" and ") -%}
    {%- set conditions = ["coalesce(" ~ received ~ ", true)" if received else "1 = 1"] -%}
    -- fmt: off
    {{ return([{"table": table, "conditions": conditions, "loaded_at": loaded_at, "raw": raw}]) }}
    -- fmt: on
{% endmacro %}
