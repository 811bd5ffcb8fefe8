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

{#-
    Stops the build where files of raw JSON that wait to be read were not, or others would be needed too: the models before
    `stg_segment__raw_json` were left out. No refs, so that unit tests need not play them.
    pending: condition on `stg_segment__raw_json_files`
-#}
{% macro check_lines_are_read(pending) %}
    {%- if not execute or this is none -%} {{ return("") }}{%- endif -%}
    {%- set files = this.incorporate(path={"identifier": "stg_segment__raw_json_files"}) -%}
    {%- set lines = this.incorporate(path={"identifier": "stg_segment__raw_json_lines"}) -%}
    {%- set query -%}
        select min(file)
        from {{ files }} as files
        where
            (
                {{ pending }}
                and not exists (
                    select 1
                    from {{ lines }} as lines
                    where
                        lines.file = files.file
                        and lines.read_in = files.read_in
                        and lines.source_line is null
                )
            )
            {%- if seg2amp.last_build() is none %} or (read_in is not null and not to_read) {%- endif %}
    {%- endset -%}
    {%- set file = run_query(query)[0][0] -%}
    {%- if file -%}
        {{
            exceptions.raise_compiler_error(
                "Path `"
                ~ file
                ~ "` of `raw_json_path` was not read; build `+stg_segment__raw_json`, with what comes before it."
            )
        }}
    {%- endif -%}
{% endmacro %}

{#-
    Why a line of raw JSON is no Segment message, NULL where it is one: the same on every engine, though some read NaN, Infinity and a comma before
    a bracket as JSON, and any exponent as a number, and others keep no NUL and stop at what nests too deep.
-#}
{% macro unreadable_reason(raw) -%}
    {%- set number = "NaN|Infinity|[eE][+]?(309|3[1-9][0-9]|[4-9][0-9]{2}|[0-9]{4})" -%}
    {%- set comma = ",[[:space:]]*[]}]" -%}
    {%- set texts = '"([^"\\\\]|\\\\.)*"' -%}
    {%- set outside_texts = seg2amp.regex_replace(raw, texts, "0") -%}
    {#- Few lines have so many brackets; of those, what is left after pairs of two levels were taken out sixteen times. -#}
    {%- set closed = namespace(sql=seg2amp.regex_replace(outside_texts, "[^][{}]+", "")) -%}
    {%- for _ in range(16) -%}
        {%- set closed.sql = seg2amp.regex_replace(closed.sql, "[[{]([[{][]}])*[]}]", "") -%}
    {%- endfor -%}
    case
        when
            length({{ raw }}) > 10000
            and length({{ raw }}) - length(replace(replace({{ raw }}, '[', ''), '{', '')) > 5000
            and length({{ closed.sql }}) > 5000
        then 'the line nests objects and arrays too deep'
        when
            strpos({{ raw }}, '\u0000') > 0
            and {{ seg2amp.regex_matches(raw, "(^|[^\\\\])(\\\\\\\\)*\\\\u0000") }}
        then 'the line holds a NUL character'
        when left(ltrim({{ raw }}), 1) = '['
        then 'the line is an array; write each message on a line, for instance with jq -c .[]'
        when not {{ seg2amp.is_json(raw) }}
        then 'the line is not JSON'
        when left(ltrim({{ raw }}), 1) <> '{'
        then 'the line is JSON but not an object'
        when
            {{ seg2amp.regex_matches(raw, number) }}
            and {{ seg2amp.regex_matches(outside_texts, number) }}
        then 'the line holds a number that is too large or none at all'
        when
            {{ seg2amp.regex_matches(raw, comma) }}
            and {{ seg2amp.regex_matches(outside_texts, comma) }}
        then 'the line is not JSON'
    end
{%- endmacro %}

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
