{#-
    In words, where the user_properties of a row come from, a list of origins: those of the traits, then those that each operation adds.
    call: identify, or event for track, page and screen calls.
-#}
{% macro user_property_origins(call) %}
    {%- set origins = [seg2amp._plain_origin(call)] -%}
    {%- set id = seg2amp.setting("user_id_as_trait") -%}
    {%- do origins.append(
        seg2amp.origin(
            [seg2amp.field_path("user_id")] if id else [],
            settings=["user_id_as_trait"],
            part="id",
        )
    ) -%}
    {%- for operation, prefix, configured in [
        ("$set", "", "user_properties_set"),
        ("$setOnce", "initial_", "user_properties_set_once"),
    ] -%}
        {%- do origins.extend(seg2amp._acquisition_origins(call, operation, prefix, configured)) -%}
        {%- do origins.extend(seg2amp._configured_origins(call, operation, configured)) -%}
    {%- endfor -%}
    {%- do origins.extend(seg2amp._query_origins(call)) -%}
    {%- if call == "identify" -%}
        {%- do origins.extend(seg2amp._trait_origins()) -%}
        {%- do origins.append(seg2amp._groups_as_traits_origin()) -%}
    {%- else -%}
        {%- do origins.extend(seg2amp._configured_origins(call, "$add", "user_properties_add")) -%}
    {%- endif -%}
    {{ return(origins) }}
{% endmacro %}

{#- The traits as they are. -#}
{% macro _plain_origin(call) %}
    {%- set context = seg2amp.setting("event_traits") == "context" and call != "identify" -%}
    {%- set wrapped = {
        "never": "Plain, even beside operations",
        "beside_operations": "In `$set` where operations stand beside them, else plain",
        "always": "In `$set`",
    }[seg2amp.setting("wrap_plain_in_set")] -%}
    {%- set settings = ["traits_left_out"] + seg2amp.traits_with_operation().keys() | list -%}
    {%- set left_out = [] -%}
    {%- for setting_name in settings -%}
        {%- do left_out.extend(seg2amp.setting(setting_name)) -%}
    {%- endfor -%}
    {%- set without = "; without `" ~ left_out | join("`, `") ~ "`" if left_out else "" -%}
    {{
        return(
            seg2amp.origin(
                [seg2amp.field_path("context_traits" if context else "traits")],
                wrapped ~ without ~ ".",
                ["event_traits", "wrap_plain_in_set", "user_properties_on"] + settings,
            )
        )
    }}
{% endmacro %}

{#- Referrer, campaign and click id: each name that `acquisition_texts` may give, those that the settings leave out too. -#}
{% macro _acquisition_origins(call, operation, prefix, configured) %}
    {%- set path = seg2amp.field_path -%}
    {%- set sent = seg2amp.acquisition_texts() -%}
    {%- set orders_alone = seg2amp._events_are_configured(call, configured) -%}
    {%- set click = "`gclid` in " ~ path("page_search") ~ ", else in " ~ path("page_url") -%}
    -- fmt: off
    {%- set ways = {
        "referrer":         [path("referrer"), ["track_referrer", "referrer_calls"]],
        "referring_domain": ["the domain of " ~ path("referrer"), ["track_referring_domain", "track_referrer", "referrer_calls"]],
    } -%}
    {%- for name in ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] -%}
        {%- do ways.update({name: [path(name), ["track_utm_properties"]]}) -%}
    {%- endfor -%}
    {%- do ways.update({"gclid": [click, ["track_gclid"]]}) -%}
    -- fmt: on
    {%- set origins = [seg2amp._empty_origin(operation, ways, sent)] -%}
    {%- for name, way in ways.items() -%}
        {%- set of_pages = (
            name.startswith("referr") and seg2amp.setting("referrer_calls") == "page"
        ) -%}
        {%- set found = name in sent and not (of_pages and (call == "identify" or orders_alone)) -%}
        {%- do origins.append(
            seg2amp.origin(
                [way[0]] if found else [],
                settings=way[1] + [configured],
                calls=(
                    "completed order"
                    if orders_alone
                    else "page" if of_pages and found else ""
                ),
                part=operation ~ "." ~ prefix ~ name,
            )
        ) -%}
    {%- endfor -%}
    {{ return(origins) }}
{% endmacro %}

{#- What holds for all of an operation's properties alike. -#}
{% macro _empty_origin(operation, ways, sent) %}
    {{
        return(
            seg2amp.origin(
                ["the places below"] if ways.keys() | select("in", sent) | list else [],
                (
                    "An empty text is sent beside texts that are not."
                    if seg2amp.setting("keep_empty_text")
                    else "An empty text is not sent."
                ),
                ["keep_empty_text"],
                part=operation,
            )
        )
    }}
{% endmacro %}

{#- Whether a setting user_properties_… speaks for events: version 1 of Log Event, orders and identifies never ask it. -#}
{% macro _events_are_configured(call, configured) %}
    {{
        return(
            call != "identify"
            and seg2amp.setting(configured) | length > 0
            and seg2amp.setting("log_event_version") != 1
        )
    }}
{% endmacro %}

{#- What one of the settings user_properties_set, _set_once and _add asks for. -#}
{% macro _configured_origins(call, operation, configured) %}
    {%- set origins = [] -%}
    {%- set settings = [configured, "log_event_version"] -%}
    {%- if seg2amp._events_are_configured(call, configured) -%}
        {%- for name, value in seg2amp.setting(configured).items() -%}
            {%- set word = "the number " ~ value if value is number else "`" ~ value ~ "`" -%}
            {%- do origins.append(
                seg2amp.origin(
                    [word],
                    "Not on completed orders.",
                    settings,
                    part=operation ~ "." ~ name,
                )
            ) -%}
        {%- endfor -%}
    {%- elif call != "identify" -%}
        {%- do origins.append(
            seg2amp.origin([], settings=settings, part=operation ~ ".<name>")
        ) -%}
    {%- endif -%}
    {{ return(origins) }}
{% endmacro %}

{#- The page's query string, where `map_query_params` puts it among user properties: on identifies always. -#}
{% macro _query_origins(call) %}
    {%- set origins = [] -%}
    {%- for name, side in seg2amp.setting("map_query_params").items() -%}
        {%- if side == "user_properties" or call == "identify" -%}
            {%- do origins.append(
                seg2amp.origin(
                    [seg2amp.field_path("page_search")],
                    settings=["map_query_params"],
                    part="$set." ~ name,
                )
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{
        return(
            origins or [seg2amp.origin([], settings=["map_query_params"], part="$set.<query>")]
        )
    }}
{% endmacro %}

{#- The traits of an identify call that settings give an operation of their own. -#}
{% macro _trait_origins() %}
    {%- set operations = {
        "traits_to_increment": ["$add", "Its number is added."],
        "traits_to_set_once": ["$setOnce", "It is set where there is no value yet."],
        "traits_to_append": ["$append", "It is put at the end of the list."],
        "traits_to_prepend": ["$prepend", "It is put before the list."],
        "traits_to_unset": [
            "$unset",
            "The property is removed, whatever the trait's value.",
        ],
    } -%}
    {%- set origins = [] -%}
    {%- for setting_name, way in operations.items() -%}
        {%- for trait in seg2amp.setting(setting_name) -%}
            {%- do origins.append(
                seg2amp.origin(
                    ["`traits." ~ trait ~ "`"],
                    way[1],
                    [setting_name],
                    part=way[0] ~ "." ~ trait,
                )
            ) -%}
        {%- else -%}
            {%- do origins.append(
                seg2amp.origin([], settings=[setting_name], part=way[0] ~ ".<trait>")
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(origins) }}
{% endmacro %}

{% macro _groups_as_traits_origin() %}
    {%- set asked = seg2amp.setting("identify_groups_as_traits") and seg2amp.setting(
        "event_groups_option"
    ) -%}
    {{
        return(
            seg2amp.origin(
                seg2amp.option_paths("groups") if asked else [],
                "Each group is a property, named by its type." if asked else "",
                ["identify_groups_as_traits", "event_groups_option", "session_id_source"],
                part="$set.<group type>",
            )
        )
    }}
{% endmacro %}
