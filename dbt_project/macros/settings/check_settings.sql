{#-
    Stops the build where a profile or setting is unknown, has a wrong value, or contradicts another; runs before everything else.
    sources: whether raw schemas must be there too.
-#}
{% macro check_settings(sources=true) %}
    {%- set catalogue = var("setting_catalogue") -%}
    {%- for name, value in (invocation_args_dict.get("vars") or {}).items() -%}
        {%- if name not in catalogue and name != "profile" -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "` ("
                    ~ tojson(value)
                    ~ ") is unknown; audit_settings lists them all."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in catalogue -%} {%- do seg2amp.setting(name) -%} {%- endfor -%}
    {%- do seg2amp.check_together() -%}
    {%- do seg2amp.check_what_is_named() -%}
    {%- do seg2amp.check_what_is_read(sources) -%}
{% endmacro %}

{#-
    Stops the build where a template's braces do not pair up or it is empty, where a setting names a path that is no field of a message, since
    nothing would ever be found there, and where only_where or drop_where compares a field with something else than text, a number, a
    boolean or null.
-#}
{% macro check_what_is_named() %}
    {%- for name in ["page_name_template", "screen_name_template"] -%}
        {%- set template = seg2amp.setting(name) -%}
        {%- if template.count("{{") != template.count("}}") or (
            template == "" and name == "page_name_template"
        ) -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "` is "
                    ~ tojson(template)
                    ~ "; it must say something, each placeholder a name between two pairs of braces."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
    {%- set paths = seg2amp.message_fields() | map(attribute="path") | list -%}
    {%- for path, name in seg2amp.setting_paths().items() -%}
        {%- set keys = path.split(".") -%}
        {%- set inside = keys | length > 1 and keys[0] in ("properties", "traits") -%}
        {%- if "" in keys or path == "context" or not (
            inside or keys in paths or seg2amp.context_path_is_new(path)
        ) -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "`: `"
                    ~ path
                    ~ "` names no field of a message; a path begins with properties., traits., context. or integrations., or is a field such as userId or name."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in ["only_where", "drop_where"] -%}
        {%- for path, value in seg2amp.setting(name).items() -%}
            {%- set finite = value is number and value - value == 0 -%}
            {%- if not (value is string or finite or value is none) -%}
                {{
                    exceptions.raise_compiler_error(
                        "Setting `"
                        ~ name
                        ~ "`: the value of `"
                        ~ path
                        ~ "` must be text, a number, a boolean or null, but is "
                        ~ tojson(value)
                        ~ "."
                    )
                }}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}

{#-
    Stops the build where the window of messages to read has no bounds that are moments, or no time in it, and where a schema of raw data is
    missing or holds no Segment table. sources: whether schemas are looked at.
-#}
{% macro check_what_is_read(sources) %}
    {%- set bounds = [] -%}
    {%- set moment = "\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d([.]\\d{1,6})?)?)?Z?" -%}
    {%- for name in ["read_since", "read_until"] if seg2amp.setting(name) -%}
        {%- set value = seg2amp.setting(name) -%}
        {%- if not modules.re.fullmatch(moment, value) -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "` ("
                    ~ tojson(value)
                    ~ ") is no moment in UTC; write it like 2024-05-31 or 2024-05-31T12:00:00Z."
                )
            }}
        {%- endif -%}
        {%- do bounds.append(value | replace("T", " ")) -%}
    {%- endfor -%}
    {%- if bounds | length == 2 and bounds[0].rstrip("Z") >= bounds[1].rstrip("Z") -%}
        {{
            exceptions.raise_compiler_error(
                "Settings `read_since` and `read_until` leave no time between them."
            )
        }}
    {%- endif -%}
    {%- for schema in seg2amp.setting("segment_schemas") if sources and execute and schema != "segment_seeds" -%}
        {%- set tables = seg2amp.raw_tables(schema) -%}
        {%- if not tables -%}
            {{
                exceptions.raise_compiler_error(
                    "Schema `"
                    ~ schema
                    ~ "` is missing or empty; name your raw Segment schemas in the setting `segment_schemas`."
                )
            }}
        {%- elif not tables | selectattr("calls") | list -%}
            {{
                exceptions.raise_compiler_error(
                    "Schema `" ~ schema ~ "` holds no Segment table (" ~ seg2amp.call_tables()
                    | join(", ") ~ "); check the setting `segment_schemas`."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{#- Stops the build where two settings contradict each other. -#}
{% macro check_together() %}
    {%- set named = seg2amp.setting -%}
    {%- for first, second, why, wrong in [
        (
            "group_type_trait",
            "group_value_trait",
            "go together: set both or none",
            (named("group_type_trait") == "") != (named("group_value_trait") == ""),
        ),
        (
            "track_products_once",
            "track_revenue_per_product",
            "contradict each other: without Product Purchased events nothing carries a product's revenue",
            named("track_products_once") and named("track_revenue_per_product"),
        ),
        (
            "log_event_version",
            "track_revenue_per_product",
            "contradict each other: version 1 of Log Event knows no orders",
            named("log_event_version") == 1 and named("track_revenue_per_product"),
        ),
        (
            "screen_naming",
            "page_emit",
            "contradict each other: with page_emit one a template names screens",
            named("screen_naming") != "cloud" and named("page_emit") == "one",
        ),
        (
            "skip_user_properties_sync",
            "user_properties_on",
            "contradict each other: an $identify writes the user's properties",
            named("skip_user_properties_sync")
            and named("user_properties_on") == "identify",
        ),
    ] -%}
        {%- if wrong -%}
            {{
                exceptions.raise_compiler_error(
                    "Settings `"
                    ~ first
                    ~ "` ("
                    ~ tojson(named(first))
                    ~ ") and `"
                    ~ second
                    ~ "` ("
                    ~ tojson(named(second))
                    ~ ") "
                    ~ why
                    ~ "."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{#- Stops the build where a setting's value is not of its type or not allowed. -#}
{% macro check_value(name, entry, value) %}
    {%- set fits = {
        "boolean": value is boolean,
        "integer": value is integer and value is not boolean,
        "text": value is string,
        "list": value is iterable and value is not string and value is not mapping,
        "map": value is mapping,
    }[entry.type] -%}
    {%- set problem = namespace(text="") -%}
    {%- if not fits -%}
        {%- set problem.text = "must be of type " ~ entry.type ~ ", but is " ~ tojson(value) -%}
    {%- elif entry.allowed and value not in entry.allowed -%}
        {%- set problem.text = "is " ~ tojson(value) ~ "; allowed are " ~ tojson(entry.allowed) -%}
    {%- elif entry.minimum is defined and value < entry.minimum -%}
        {%- set problem.text = "is " ~ value ~ "; the least is " ~ entry.minimum -%}
    {%- elif entry.type == "list" and value | reject("string") | list -%}
        {%- set problem.text = "must be a list of texts, but is " ~ tojson(value) -%}
    {%- elif entry.fields and value | reject("in", entry.fields) | list -%}
        {%- set problem.text = (
            "names "
            ~ tojson(value | reject("in", entry.fields) | first)
            ~ "; allowed are "
            ~ tojson(entry.fields)
        ) -%}
    {%- elif entry.fields and value.values() | reject("string") | list -%}
        {%- set problem.text = "must give each field a path, but is " ~ tojson(value) -%}
    {%- elif entry.choices and value.values() | reject("in", entry.choices) | list -%}
        {%- set problem.text = (
            "holds "
            ~ tojson(value.values() | reject("in", entry.choices) | first)
            ~ "; allowed are "
            ~ tojson(entry.choices)
        ) -%}
    {%- endif -%}
    {%- if problem.text -%}
        {{ exceptions.raise_compiler_error("Setting `" ~ name ~ "` " ~ problem.text ~ ".") }}
    {%- endif -%}
{% endmacro %}
