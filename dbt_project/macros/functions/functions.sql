{#-
    The functions that every run makes anew in the project's schema, so that compiled SQL calls a coercion by its name: {name: {arguments, returns, body}}.
    None of them asks a setting: where one decides, each of its ways is a function, and the model calls the one that the setting names.
      json_of_…   how a warehouse column is written as JSON
      read_…      how a JSON value is read, with JavaScript's rules
        text      as the destination's schema validation coerces it: strings as they are, numbers and booleans printed; NULL for null, objects
                  and arrays. rounded: a number beyond 2^53 loses its last digits, as in JavaScript. Source: Amplitude (Actions), Ajv's coerceTypes
        printed   as a template prints it: an array as it is written, an object as `[object Object]`
        number    numeric text counts as JavaScript reads it: surrounding blanks ignored, blanks alone are 0. money: also "$30.00",
                  "1,050.00", "-$5" and "($5)", which is -5; never a guess at "1.050,00", and blanks alone are no number. or_boolean: these are
                  0 and 1, as the destination's validation coerces them
        time      as `json_time_ms` has it: epoch: text of digits is epoch time, calendar: a date; rolling: 30 February is 1 or 2 March
        session   epoch ms of the session's start; -1 means out of any session. auto: seconds are scaled to milliseconds and the text "-1" is
                  understood; as_sent: as Amplitude (Actions) formats it
      only_element    a value, or the one element of an array that has exactly one; no_text: but for an array of one string, where a
                  field may be of several types. Source: Amplitude (Actions), Ajv's coerceTypes "array"
      without_user_properties  a payload without them, cut out of its text: only ids, names and numbers stand before them, in which every
                  quotation mark is escaped, so the first such key is theirs
      json_operations_fault    what is wrong with user or group properties, in words that follow their name: plain ones beside operations, which
                  Amplitude refuses, an operation it does not know, one that is no object of properties, or $add of something that is
                  no number. Source: Amplitude Identify API
      ms_in_iso_json  a moment in the common form, up to the millisecond; NULL where it is of another form
      has_empty_key   whether an object holds a key without a name, at any depth: such a property could not be asked for
      scaled_session_…  a session id that came as a number, as epoch ms of the session's start; -1 means out of any session. auto: below
                  1e11 it is seconds, from 1e14 on microseconds; as_sent: as Amplitude (Actions) formats it
      json_…      what rendering does with JSON objects
-#}
{% macro functions() %}
    {%- set json, object = {"value": "text"}, {"object": "text"} -%}
    {%- set finite = "case when abs(number) <= 1.7976931348623157e308 then number end" -%}
    {%- set texts = {} -%}
    {%- for rounded in [false, true] -%}
        {%- set body -%}
            {%- set number = seg2amp.try_cast("value", "double") -%}
            {#- 0 is added, since there is a 0 with a sign, which JavaScript does not print. -#}
            {%- set printed = "cast(" ~ number ~ " + 0 as text)" -%}
            case
                when left(value, 1) in ('"', 't', 'f')
                then {{ seg2amp.json_text("value") }}
                when left(value, 1) in ('{', '[', 'n')
                then null
                when {{ seg2amp.regex_matches("value", "^(0|-?[1-9][0-9]{0,14})$") }}
                then value
                {%- if not rounded %}
                    when {{ seg2amp.regex_matches("value", "^-?[0-9]+$") }} then value
                {%- endif %}
                {#- As JavaScript prints it: no trailing `.0`, and no exponent below 1e21 (the shortest digits, padded with zeros). #}
                when abs({{ number }}) < 1e21 and strpos({{ printed }}, 'e+') > 0
                then
                    rpad(
                        replace(split_part({{ printed }}, 'e', 1), '.', ''),
                        cast(split_part({{ printed }}, 'e+', 2) as integer)
                        + case when {{ number }} < 0 then 2 else 1 end,
                        '0'
                    )
                else {{ seg2amp.regex_replace(printed, "[.]0$", "") }}
            end
        {%- endset -%}
        {%- do texts.update({rounded: body}) -%}
    {%- endfor -%}
    {%- set fault -%}
        {%- set known = [
            "$set",
            "$setOnce",
            "$add",
            "$append",
            "$prepend",
            "$unset",
            "$preInsert",
            "$postInsert",
            "$remove",
            "$clearAll",
        ] -%}
        {%- set is_known = "key in ('" ~ known | join("', '") ~ "')" -%}
        case
            when operations <> '{}' and plain <> '{}'
            then 'mix operations and plain properties'
            when {{ seg2amp.json_where("operations", "not " ~ is_known) }} <> '{}'
            then 'hold an operation that Amplitude does not know'
            when
                operations like '%"$clearAll"%'
                and {{ seg2amp.json_leaf("operations", ["$clearAll"]) }} is not null
                and {{ seg2amp.json_where("operations", "key <> '$clearAll'") }} <> '{}'
            then 'clear all beside other operations'
            when {{ seg2amp.json_has_other_than("operations", ["object"], except="$clearAll") }}
            then 'hold an operation that is not an object'
            when {{ seg2amp.json_has_other_than("added", ["number"]) }}
            then 'add something that is not a number'
        end
    {%- endset -%}
    {#- Outside the years 1 to 9999 JSON has no date either. -#}
    {%- set ms = seg2amp.epoch_ms("value") -%}
    {%- set only = seg2amp.json_only_element("value") -%}
    {%- set key = ',"user_properties":' -%}
    {%- set place = "strpos(payload, '" ~ key ~ "')" -%}
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
            "body": "case when value = -1 or value between 100000000000 and 99999999999999 or value between -99999999999999 and -100000000000 then value"
            ~ " when value between -99999999999 and 99999999999 then value * 1000"
            ~ " when value between -8640000000000000 and 8640000000000000 then cast(floor(value / 1000.0) as bigint) end",
        },
        "scaled_session_as_sent": {
            "arguments": {"value": "bigint"},
            "returns": "bigint",
            "body": "case when value between -8640000000000000 and 8640000000000000 then nullif(value, 0) end",
        },
        "json_of_timestamp": {
            "arguments": {"value": "timestamp"},
            "returns": "text",
            "body": seg2amp.json_string(seg2amp.iso_text("value")),
        },
        "ms_of_timestamp": {
            "arguments": {"value": "timestamp"},
            "returns": "bigint",
            "body": "case when "
            ~ ms
            ~ " between -62135596800000 and 253402300799999 then "
            ~ ms
            ~ " end",
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
            "body": texts[false],
        },
        "read_text_rounded": {
            "arguments": json,
            "returns": "text",
            "body": texts[true],
        },
        "read_printed": {
            "arguments": json,
            "returns": "text",
            "body": "case when left(value, 1) = '{' then '[object Object]' when left(value, 1) = '[' then value else "
            ~ texts[false]
            ~ " end",
        },
        "only_element": {
            "arguments": json,
            "returns": "text",
            "body": "case when left(value, 1) = '[' then coalesce(" ~ only ~ ", value) else value end",
        },
        "only_element_no_text": {
            "arguments": json,
            "returns": "text",
            "body": "case when left(value, 1) = '[' and "
            ~ only
            ~ " not like '\"%' then "
            ~ only
            ~ " else value end",
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
            "body": "left(payload, "
            ~ place
            ~ " - 1) || substr(payload, "
            ~ place
            ~ " + "
            ~ key
            | length ~ " + length(user_properties))",
        },
        "json_operations_fault": {
            "arguments": {"operations": "text", "plain": "text", "added": "text"},
            "returns": "text",
            "body": fault,
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
            {%- set body -%}
                {%- set trimmed = "trim(" ~ seg2amp.json_text("value") ~ ")" -%}
                {%- set plain = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$" -%}
                {%- set amount = "^[+-]?[$€£¥]? ?[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?$" -%}
                {%- set owed = "^[(][$€£¥]? ?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?[)]$" -%}
                case
                    {%- if booleans %}
                        when value = 'true' then 1 when value = 'false' then 0
                    {%- endif %}
                    when
                        value = '""'
                        or {{ seg2amp.is_any("left(value, 1)", ["{", "[", "n", "t", "f"]) }}
                    then null
                    when left(value, 1) = '"'
                    then
                        case
                            when {{ seg2amp.regex_matches(trimmed, plain) }}
                            then {{ finite | replace("number", seg2amp.try_cast(trimmed, "double")) }}
                            {%- if money %}
                                when {{ seg2amp.regex_matches(trimmed, amount) }}
                                then
                                    {{
                                        seg2amp.try_cast(
                                            seg2amp.regex_replace(trimmed, "[$€£¥, ]", ""), "double"
                                        )
                                    }}
                                when {{ seg2amp.regex_matches(trimmed, owed) }}
                                then
                                    -{{
                                        seg2amp.try_cast(
                                            seg2amp.regex_replace(trimmed, "[$€£¥, ()]", ""), "double"
                                        )
                                    }}
                            {%- else %} when {{ trimmed }} = '' then 0
                            {%- endif %}
                        end
                    else {{ finite | replace("number", seg2amp.try_cast("value", "double")) }}
                end
            {%- endset -%}
            {%- set name = ("read_money" if money else "read_number") ~ (
                "_or_boolean" if booleans else ""
            ) -%}
            {%- do functions.update(
                {
                    name: {
                        "arguments": json,
                        "returns": "double",
                        "body": body,
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
            {%- set body -%}
                {%- set text = seg2amp.json_text("value") -%}
                {%- set auto = unit == "auto" -%}
                case
                    when value is null or value in ('null', '""')
                    then null
                    {%- if auto %} when value in ('"-1"', '-1') then -1 {%- endif %}
                    when left(value, 1) in ('{', '[', 't', 'f')
                    then null
                    when left(value, 1) <> '"'
                    then
                        {{
                            (
                                seg2amp.scaled_epoch_ms("value")
                                if auto
                                else "nullif(" ~ seg2amp.whole_ms("value") ~ ", 0)"
                            )
                        }}
                    when {{ seg2amp.regex_matches(text, "^[0-9]+$") }}
                    then {{ seg2amp.scaled_epoch_ms(text) if auto else seg2amp.whole_ms(text) }}
                    else {{ seg2amp.iso_ms(text, rolling) }}
                end
            {%- endset -%}
            {%- do functions.update(
                {
                    "read_session_"
                    ~ unit
                    ~ ("_rolling" if rolling else ""): {
                        "arguments": json,
                        "returns": "bigint",
                        "body": body,
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
    {{ return(seg2amp.function(name) ~ "(" ~ given | map("trim") | join(", ") ~ ")") }}
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
