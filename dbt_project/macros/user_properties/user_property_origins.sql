{#-
    In words, where the user_properties of a row come from, and whether an event leaves them alone: {payload key: origins}. row: its kind, as
    `audit_mapping` names it.
-#}
{% macro user_property_origins(row) %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- set of_identify = row == "identify" -%}
    {%- set skips = setting("skip_user_properties_sync") -%}
    {%- set skipped = [origin(
        ["the word `true`" if skips else ""],
        "The event leaves the user's properties alone." if skips else "",
        ["skip_user_properties_sync"],
    )] -%}
    {%- if row in ("event", "product event") and setting("user_properties_on") == "identify" -%}
        {%- set elsewhere = [origin([], "An `$identify` row before the event has them.", ["user_properties_on"])] -%}
        {{ return({"user_properties": elsewhere, "$skip_user_properties_sync": skipped}) }}
    {%- endif -%}

    {#- The traits of an identify call that settings give an operation of their own. -#}
    {%- set operations = {
        "traits_to_increment": ["$add",     "Its number is added."],
        "traits_to_set_once":  ["$setOnce", "It is set where there is no value yet."],
        "traits_to_append":    ["$append",  "It is put at the end of the list."],
        "traits_to_prepend":   ["$prepend", "It is put before the list."],
        "traits_to_unset":     ["$unset",   "The property is removed, whatever the trait's value."],
    } -%}
    {%- set left_out, with_operation = setting("traits_left_out") | list, [] -%}
    {%- for name, (operation, rule) in operations.items() -%}
        {%- do left_out.extend(setting(name)) -%}
        {%- for trait in setting(name) -%}
            {%- do with_operation.append(origin(["`traits." ~ trait ~ "`"], rule, [name], part=operation ~ "." ~ trait)) -%}
        {%- else -%}
            {%- do with_operation.append(origin([], "", [name], part=operation ~ ".<trait>")) -%}
        {%- endfor -%}
    {%- endfor -%}

    {#- The traits as they are. -#}
    {%- set wrapped = {
        "never":             "Plain, even beside operations",
        "beside_operations": "In `$set` where operations stand beside them, else plain",
        "always":            "In `$set`",
    }[setting("wrap_plain_in_set")] -%}
    {%- set without = "; without `" ~ left_out | join("`, `") ~ "`" if left_out else "" -%}
    {%- set of_context = setting("event_traits") == "context" and not of_identify -%}
    {%- set plain = [
        origin(
            [path("context_traits" if of_context else "traits")],
            wrapped ~ without ~ ".",
            ["event_traits", "wrap_plain_in_set", "user_properties_on", "traits_left_out"] + operations.keys() | list,
        ),
        origin([path("user_id") if setting("user_id_as_trait") else ""], "", ["user_id_as_trait"], part="id"),
    ] -%}

    {#- The page's query string: on identifies it is always a user property. -#}
    {%- set of_query = [] -%}
    {%- for name, side in setting("map_query_params").items() if side == "user_properties" or of_identify -%}
        {%- do of_query.append(origin([path("page_search")], "", ["map_query_params"], part="$set." ~ name)) -%}
    {%- else -%}
        {%- do of_query.append(origin([], "", ["map_query_params"], part="$set.<query>")) -%}
    {%- endfor -%}

    {%- set groups_too = setting("identify_groups_as_traits") and setting("event_groups_option") -%}
    {%- set of_groups = [origin(
        seg2amp.option_paths("groups") if groups_too else [],
        "Each group is a property, named by its type." if groups_too else "",
        ["identify_groups_as_traits", "event_groups_option", "session_id_source"],
        part="$set.<group type>",
    )] -%}
    {%- set sets = seg2amp.operation_origins(row, "$set", "user_properties_set") -%}
    {%- set sets_once = seg2amp.operation_origins(row, "$setOnce", "user_properties_set_once") -%}
    {%- set adds = seg2amp.operation_origins(row, "$add", "user_properties_add") -%}
    {%- set last = with_operation + of_groups if of_identify else adds -%}
    {{ return({
        "user_properties": plain + sets + sets_once + of_query + last,
        "$skip_user_properties_sync": skipped,
    }) }}
    -- fmt: on
{% endmacro %}
