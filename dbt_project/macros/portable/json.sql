{#- A text as a JSON string, quoted and escaped; NULL stays NULL. -#}
{% macro json_string(text) -%} cast(to_json({{ text }}) as text) {%- endmacro %}

{#-
    The plain text of a JSON scalar: a string without its quotes and escapes, a number or boolean as written.
    Most strings hold no escape, and cutting off their quotes is far cheaper than parsing them.
-#}
{% macro json_text(json) -%}
    case
        when left({{ json }}, 1) = '"' and strpos({{ json }}, chr(92)) = 0
        then substr({{ json }}, 2, length({{ json }}) - 2)
        else {{ adapter.dispatch("json_text", "seg2amp")(json) }}
    end
{%- endmacro %}

{% macro default__json_text(json) -%} json_extract_string({{ json }}, '$') {%- endmacro %}

{% macro postgres__json_text(json) -%}(cast({{ json }} as json) #>> '{}') {%- endmacro %}

{#- Whether a text is one whole JSON value; false for NULL. -#}
{% macro is_json(text) %} {{ return(adapter.dispatch("is_json", "seg2amp")(text)) }}{% endmacro %}

{% macro default__is_json(text) -%} coalesce(json_valid({{ text }}), false) {%- endmacro %}

{% macro postgres__is_json(text) -%}
    coalesce(pg_input_is_valid({{ text }}, 'jsonb'), false)
{%- endmacro %}

{#-
    A JSON object from {key: SQL expression of JSON text}, in the given order. Pairs whose value is NULL are left out,
    which no engine's own object function does alike.
-#}
{% macro json_object(pairs) %}
    {%- set simple = '^["\w.]+([(][^()]*([(][^()]*[)][^()]*)*[)])?$' -%}
    {%- set members = [] -%}
    {%- for key, json in pairs.items() -%}
        {%- set name = "'" ~ dbt.escape_single_quotes(tojson(key)) ~ ":'" -%}
        {%- set json = json | trim -%}
        {%- set value = json if modules.re.match(simple, json) else "(" ~ json ~ ")" -%}
        {%- do members.append(name ~ " || " ~ value) -%}
    {%- endfor -%}
    {{
        return(
            "'{' || concat_ws(\n            ',', "
            ~ seg2amp.listed(members, 12)
            ~ "\n        ) || '}'"
            if pairs
            else "'{}'"
        )
    }}
{% endmacro %}

{#- A list of keys as the engine writes a path to a JSON value; DuckDB's usual form has no way to write a quote or an empty key. -#}
{% macro json_path(keys) %}
    {{ return(adapter.dispatch("json_path", "seg2amp")(keys)) }}
{% endmacro %}

{% macro default__json_path(keys) %}
    {%- if "" in keys or '"' in keys | join -%}
        {%- set escaped = [] -%}
        {%- for key in keys -%}
            {%- do escaped.append("/" ~ (key | replace("~", "~0") | replace("/", "~1"))) -%}
        {%- endfor -%}
        {%- set path = escaped | join -%}
    {%- else -%} {%- set path = '$."' ~ (keys | join('"."')) ~ '"' -%}
    {%- endif -%}
    {{ return(dbt.escape_single_quotes(path)) }}
{% endmacro %}

{% macro postgres__json_path(keys) %}
    {%- set path = keys | map("replace", "'", "''") | join("', '") -%}
    {{ return("array['" ~ path ~ "']") }}
{% endmacro %}

{#-
    The JSON text at a path inside a JSON text; NULL where there is nothing, the text `null` for JSON's null.
    path: list of keys, each matched exactly.
-#}
{% macro json_leaf(json, path) %}
    {{ return(adapter.dispatch("json_leaf", "seg2amp")(json, path)) }}
{% endmacro %}

{% macro default__json_leaf(json, path) -%}
    cast(json_extract({{ json }}, '{{ seg2amp.json_path(path) }}') as text)
{%- endmacro %}

{% macro postgres__json_leaf(json, path) -%}
    cast(cast({{ json }} as json) #> {{ seg2amp.json_path(path) }} as text)
{%- endmacro %}

{#-
    Columns cut out of one JSON column in a single parse, as a select over `relation`.
    keep: columns passed on; leaves: list of {name, path}; each becomes a column `name` of JSON text.
    Unreadable JSON stops the build: keep it out of the relation.
-#}
{% macro json_leaves(relation, json, keep, leaves) %}
    {{ return(adapter.dispatch("json_leaves", "seg2amp")(relation, json, keep, leaves)) }}
{% endmacro %}

{% macro default__json_leaves(relation, json, keep, leaves) -%}
    {%- set paths, columns = [], [] -%}
    {%- for leaf in leaves -%}
        {%- do paths.append("'" ~ seg2amp.json_path(leaf.path) ~ "'") -%}
        {%- do columns.append("cast(leaves[" ~ loop.index ~ "] as text) as " ~ leaf.name) -%}
    {%- endfor -%}
    select {{ seg2amp.listed(keep) }}, {{ seg2amp.listed(columns) }}
    from
        (
            select
                {{ seg2amp.listed(keep, 16) }},
                json_extract({{ json }}, [{{ seg2amp.listed(paths, 24) }}]) as leaves
            from {{ relation }}
        ) as parsed
{%- endmacro %}

{% macro postgres__json_leaves(relation, json, keep, leaves) -%}
    {%- set kept = keep | join(", ") -%}
    select
        {{ kept }}
        {%- for leaf in leaves %}
            , cast(parsed #> {{ seg2amp.json_path(leaf.path) }} as text) as {{ leaf.name }}
        {%- endfor %}
    from (select {{ kept }}, cast({{ json }} as json) as parsed from {{ relation }}) as parsed
{%- endmacro %}

{#-
    One row per element of a JSON array, as a select over `relation` with the columns `keep`, element (JSON text) and
    element_index (1 for the first). Rows come unordered.
-#}
{% macro json_elements(relation, array, keep) %}
    {{ return(adapter.dispatch("json_elements", "seg2amp")(relation, array, keep)) }}
{% endmacro %}

{% macro default__json_elements(relation, array, keep) -%}
    {%- set kept = keep | join(", ") -%}
    select {{ kept }}, cast(elements[element_index] as text) as element, element_index
    from
        (
            select {{ kept }}, elements, unnest(range(1, len(elements) + 1)) as element_index
            from
                (
                    select {{ kept }}, json_extract({{ array }}, '$[*]') as elements
                    from {{ relation }}
                ) as arrays
        ) as numbered
{%- endmacro %}

{% macro postgres__json_elements(relation, array, keep) -%}
    select
        {{ keep | join(", ") }},
        cast(exploded.value as text) as element,
        exploded.ordinality as element_index
    from {{ relation }}
    cross join lateral json_array_elements(cast({{ array }} as json))
    with ordinality as exploded(value, ordinality)
{%- endmacro %}

{#- The element of a JSON array that has exactly one, else NULL. -#}
{% macro json_only_element(json) %}
    {{ return(adapter.dispatch("json_only_element", "seg2amp")(json)) }}
{% endmacro %}

{% macro default__json_only_element(json) -%}
    case
        when json_array_length({{ json }}) = 1 then cast(json_extract({{ json }}, '$[0]') as text)
    end
{%- endmacro %}

{% macro postgres__json_only_element(json) -%}
    case
        when json_array_length(cast({{ json }} as json)) = 1
        then cast(cast({{ json }} as json) -> 0 as text)
    end
{%- endmacro %}

{#- A JSON object with its numbers and booleans as text and without its nulls; texts, lists and objects stay as they are. -#}
{% macro json_texts(json) %}
    {{ return(adapter.dispatch("json_texts", "seg2amp")(json)) }}
{% endmacro %}

{% macro default__json_texts(json) -%}
    {%- set value = (
        "json_extract(" ~ json ~ ", '/' || replace(replace(key, '~', '~0'), '/', '~1'))"
    ) -%}
    '{' || array_to_string(
        [
            to_json(key)
            || ':'
            || case
                when json_type({{ value }}) in ('VARCHAR', 'ARRAY', 'OBJECT')
                then cast({{ value }} as text)
                else cast(to_json(cast({{ value }} as text)) as text)
            end
            for key in json_keys({{ json }}) if json_type({{ value }}) <> 'NULL'
        ],
        ','
    )
    || '}'
{%- endmacro %}

{% macro postgres__json_texts(json) -%}
    (
        select
            '{' || coalesce(
                string_agg(
                    cast(to_json(key) as text)
                    || ':'
                    || case
                        when json_typeof(value) in ('string', 'array', 'object')
                        then cast(value as text)
                        else cast(to_json(cast(value as text)) as text)
                    end,
                    ','
                    order by place
                ),
                ''
            )
            || '}'
        from json_each(cast({{ json }} as json))
        with ordinality as members(key, value, place)
        where json_typeof(value) <> 'null'
    )
{%- endmacro %}

{#- DuckDB: the members of a JSON object whose `key` meets a condition, as a list of texts `"key":value`. -#}
{% macro _json_members(json, condition) -%}
    [
        to_json(key)
        || ':'
        || json_extract({{ json }}, '/' || replace(replace(key, '~', '~0'), '/', '~1'))
        for key in json_keys({{ json }}) if {{ condition }}
    ]
{%- endmacro %}

{#- The members of a JSON object whose `key` meets a condition, as a JSON object, each as it was written. condition: SQL. -#}
{% macro json_where(json, condition) %}
    {{ return(adapter.dispatch("json_where", "seg2amp")(json, condition)) }}
{% endmacro %}

{% macro default__json_where(json, condition) -%}
    '{' || array_to_string({{ seg2amp._json_members(json, condition) }}, ',') || '}'
{%- endmacro %}

{% macro postgres__json_where(json, condition) -%}
    (
        select
            '{' || coalesce(
                string_agg(
                    cast(to_json(key) as text) || ':' || cast(value as text), ',' order by place
                ),
                ''
            )
            || '}'
        from json_each(cast({{ json }} as json))
        with ordinality as members(key, value, place)
        where {{ condition }}
    )
{%- endmacro %}

{#- Two JSON objects as one; where both have a key, the second's value stands as it is, null too. -#}
{% macro json_merge(first, second) %}
    {{ return(adapter.dispatch("json_merge", "seg2amp")(first, second)) }}
{% endmacro %}

{% macro default__json_merge(first, second) -%}
    '{' || array_to_string(
        {{ seg2amp._json_members(first, "not list_contains(json_keys(" ~ second ~ "), key)") }}
        || {{ seg2amp._json_members(second, "true") }},
        ','
    )
    || '}'
{%- endmacro %}

{#- Not jsonb, which would write every number and key anew. -#}
{% macro postgres__json_merge(first, second) -%}
    (
        select
            '{' || coalesce(
                string_agg(
                    cast(to_json(key) as text) || ':' || cast(value as text),
                    ','
                    order by half, place
                ),
                ''
            )
            || '}'
        from
            (
                select 1 as half, place, key, value
                from json_each(cast({{ first }} as json))
                with ordinality as members(key, value, place)
                where
                    not exists (
                        select 1
                        from json_object_keys(cast({{ second }} as json)) as other(name)
                        where other.name = members.key
                    )
                union all
                select 2 as half, place, key, value
                from json_each(cast({{ second }} as json))
                with ordinality as members(key, value, place)
            ) as merged
    )
{%- endmacro %}

{#-
    Whether a JSON object has a member whose value is of none of these JSON types: object, array, string or number. except: a key that may hold
    anything.
-#}
{% macro json_has_other_than(json, types, except="") %}
    {{ return(adapter.dispatch("json_has_other_than", "seg2amp")(json, types, except)) }}
{% endmacro %}

{% macro default__json_has_other_than(json, types, except) -%}
    {%- set names = {
        "object": "'OBJECT'",
        "array": "'ARRAY'",
        "string": "'VARCHAR'",
        "number": "'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE'",
    } -%}
    {%- set wanted = [] -%}
    {%- for type in types -%} {%- do wanted.append(names[type]) -%} {%- endfor -%}
    (
        len(
            [
                key
                for key in json_keys({{ json }})
                if json_type(
                    json_extract({{ json }}, '/' || replace(replace(key, '~', '~0'), '/', '~1'))
                )
                not in ({{ wanted | join(", ") }})
                {{- " and key <> '" ~ except ~ "'" if except }}
            ]
        )
        > 0
    )
{%- endmacro %}

{% macro postgres__json_has_other_than(json, types, except) -%}
    exists (
        select 1
        from json_each(cast({{ json }} as json))
        where
            json_typeof(value) not in ('{{ types | join("', '") }}')
            {{- " and key <> '" ~ except ~ "'" if except }}
    )
{%- endmacro %}
