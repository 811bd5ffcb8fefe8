{#-
    The functions that every run makes anew in the project's schema, so that compiled SQL calls a coercion by its name: {name: {arguments, returns, body}}.
    None of them asks a setting: where one decides, each of its ways is a function, and the model calls the one that the setting names.
      json_of_…   how a warehouse column is written as JSON
      read_…      how a JSON value is read, with JavaScript's rules; read_printed: as a template prints it, an object as `[object Object]`
      ms_in_iso_json  a moment in the common form, up to the millisecond; NULL where it is of another form
      has_empty_key   whether an object holds a key without a name, at any depth: such a property could not be asked for
      scaled_session_…  a session id that came as a number, as epoch ms of the session's start; -1 means out of any session. auto: below
                  1e11 it is seconds, from 1e14 on microseconds; as_sent: as Amplitude (Actions) formats it
      json_…      what rendering does with JSON objects
-#}
{% macro functions() %}
    {%- set json, object = {"value": "text"}, {"object": "text"} -%}
    {%- set functions = {
        "json_of_text": {
            "arguments": json,
            "returns": "text",
            "body": "case when value like '[%' and "
            ~ seg2amp.is_json("value")
            ~ " then value else "
            ~ seg2amp.json_string("value")
            ~ " end",
        },
        "scaled_session_auto": {
            "arguments": {"value": "bigint"},
            "returns": "bigint",
            "body": "case when value = -1 or abs(value) between 100000000000 and 99999999999999 then value"
            ~ " when abs(value) < 100000000000 then value * 1000"
            ~ " when abs(value) <= 8640000000000000 then cast(floor(value / 1000.0) as bigint) end",
        },
        "scaled_session_as_sent": {
            "arguments": {"value": "bigint"},
            "returns": "bigint",
            "body": "case when abs(value) <= 8640000000000000 then nullif(value, 0) end",
        },
        "json_of_timestamp": {
            "arguments": {"value": "timestamp"},
            "returns": "text",
            "body": seg2amp.json_string(seg2amp.iso_text("value")),
        },
        "ms_of_timestamp": {
            "arguments": {"value": "timestamp"},
            "returns": "bigint",
            "body": seg2amp.dated_ms("value"),
        },
        "known_moment": {
            "arguments": {"value": "timestamp"},
            "returns": "timestamp",
            "body": seg2amp.known_moment(seg2amp.naive_utc("value")),
        },
        "session_in_text": {
            "arguments": json,
            "returns": "bigint",
            "body": "case when "
            ~ seg2amp.regex_matches("value", "^[1-9][0-9]{0,15}$")
            ~ " then cast(value as bigint) when "
            ~ seg2amp.regex_matches("value", seg2amp.iso_pattern())
            ~ " then "
            ~ seg2amp.epoch_ms(seg2amp.try_cast("left(value, 23)", "timestamp"))
            ~ " end",
        },
        "ms_in_iso_json": {
            "arguments": json,
            "returns": "bigint",
            "body": "case when "
            ~ seg2amp.regex_matches("value", '^"' ~ seg2amp.iso_pattern()[1:-1] ~ '"$')
            ~ " then "
            ~ seg2amp.epoch_ms(
                seg2amp.try_cast(
                    "left(substr(value, 2, length(value) - 2), 23)", "timestamp"
                )
            )
            ~ " end",
        },
        "text_in_json": {
            "arguments": json,
            "returns": "text",
            "body": seg2amp.json_text("value"),
        },
        "read_text": {
            "arguments": json,
            "returns": "text",
            "body": seg2amp.coerce_text("value"),
        },
        "read_text_rounded": {
            "arguments": json,
            "returns": "text",
            "body": seg2amp.coerce_text("value", true),
        },
        "read_printed": {
            "arguments": json,
            "returns": "text",
            "body": "case when left(value, 1) = '{' then '[object Object]' when left(value, 1) = '[' then value else "
            ~ seg2amp.coerce_text("value")
            ~ " end",
        },
        "only_element": {
            "arguments": json,
            "returns": "text",
            "body": seg2amp.unwrapped("value"),
        },
        "only_element_no_text": {
            "arguments": json,
            "returns": "text",
            "body": seg2amp.unwrapped("value", strings=false),
        },
        "json_merged": {
            "arguments": {"object": "text", "winner": "text"},
            "returns": "text",
            "body": "case when object is null then winner when winner is null then object else "
            ~ seg2amp.json_merge("object", "winner")
            ~ " end",
        },
        "json_operations": {
            "arguments": object,
            "returns": "text",
            "body": "case when object is not null then "
            ~ seg2amp.json_where("object", "left(key, 1) = '$'")
            ~ " end",
        },
        "json_plain": {
            "arguments": object,
            "returns": "text",
            "body": "case when object is not null then "
            ~ seg2amp.json_where("object", "left(key, 1) <> '$'")
            ~ " end",
        },
        "json_without": {
            "arguments": {"object": "text", "keys": "texts"},
            "returns": "text",
            "body": "case when object is not null then "
            ~ seg2amp.json_where("object", "not " ~ seg2amp.is_among("key", "keys"))
            ~ " end",
        },
        "without_user_properties": {
            "arguments": {"payload": "text", "user_properties": "text"},
            "returns": "text",
            "body": seg2amp.without_user_properties("payload", "user_properties"),
        },
        "json_operations_fault": {
            "arguments": {"operations": "text", "plain": "text", "added": "text"},
            "returns": "text",
            "body": seg2amp.operations_fault("operations", "plain", "added"),
        },
        "is_reserved_id": {
            "arguments": {"value": "text"},
            "returns": "boolean",
            "body": seg2amp.id_is_reserved("value"),
        },
        "has_empty_key": {
            "arguments": object,
            "returns": "boolean",
            "body": "case when object like '%\"\"%' then "
            ~ seg2amp.regex_matches("object", '[{,][ ]*""[ ]*:')
            ~ " else false end",
        },
    } -%}
    {%- for money in [false, true] -%}
        {%- for booleans in [false, true] -%}
            {%- set name = ("read_money" if money else "read_number") ~ (
                "_or_boolean" if booleans else ""
            ) -%}
            {%- do functions.update(
                {
                    name: {
                        "arguments": json,
                        "returns": "double",
                        "body": seg2amp.coerce_number("value", money, booleans),
                    }
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for rolling in [false, true] -%}
        {%- for word, flag in {"epoch": true, "calendar": false}.items() -%}
            {%- do functions.update(
                {
                    "read_time_"
                    ~ word
                    ~ ("_rolling" if rolling else ""): {
                        "arguments": json,
                        "returns": "bigint",
                        "body": seg2amp.json_time_ms("value", flag, rolling),
                    }
                }
            ) -%}
        {%- endfor -%}
        {%- for unit in ["auto", "as_sent"] -%}
            {%- do functions.update(
                {
                    "read_session_"
                    ~ unit
                    ~ ("_rolling" if rolling else ""): {
                        "arguments": json,
                        "returns": "bigint",
                        "body": seg2amp.coerce_session("value", unit, rolling),
                    }
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(functions) }}
{% endmacro %}

{#- Makes them: a hook before everything else. Where the schema is missing, nothing that calls them is built (`dbt source freshness`). -#}
{% macro create_functions() -%}
    {%- set made = execute and adapter.check_schema_exists(target.database, target.schema) -%}
    {%- for name, function in (seg2amp.functions() if made else {}).items() %}
        {{ seg2amp.create_function(name, function.arguments, function.returns, function.body) }}
        ;
    {%- endfor %}
{%- endmacro %}

{#- A call of one. -#}
{% macro call(name, arguments) %}
    {%- set given = arguments if arguments is not string else [arguments] -%}
    {{ return(seg2amp.function_name(name) ~ "(" ~ given | map("trim") | join(", ") ~ ")") }}
{% endmacro %}

{#- Two JSON objects merged, the second winning; where one is NULL, the other alone. -#}
{% macro json_merged(object, winner) %}
    {{ return(seg2amp.call("json_merged", [object, winner])) }}
{% endmacro %}

{#- A JSON object without some of its keys. -#}
{% macro without_keys(object, keys) %}
    {%- set names = [] -%}
    {%- for key in keys -%} {%- do names.append(seg2amp.quoted(key)) -%} {%- endfor -%}
    {{ return(seg2amp.call("json_without", [object, "array[" ~ names | join(", ") ~ "]"])) }}
{% endmacro %}

{#- The functions that settings name, for a JSON value. -#}
{% macro read_number(json) %}
    {%- set name = "read_money" if seg2amp.setting("parse_number_text") else "read_number" -%}
    {{
        return(
            seg2amp.call(name ~ ("_or_boolean" if seg2amp.setting("strict_types") else ""), json)
        )
    }}
{% endmacro %}

{% macro read_time(json) %}
    {%- set name = "read_time_" ~ (
        "epoch" if seg2amp.setting("digits_are_epoch") else "calendar"
    ) -%}
    {{
        return(
            seg2amp.call(name ~ ("_rolling" if seg2amp.setting("javascript_dates") else ""), json)
        )
    }}
{% endmacro %}

{% macro read_session(json) %}
    {%- set name = "read_session_" ~ seg2amp.setting("session_id_unit") -%}
    {{
        return(
            seg2amp.call(name ~ ("_rolling" if seg2amp.setting("javascript_dates") else ""), json)
        )
    }}
{% endmacro %}
