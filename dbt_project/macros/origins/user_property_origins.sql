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
        {%- do origins.extend(seg2amp.acquisition_origins(call, operation, prefix, configured)) -%}
        {%- do origins.extend(seg2amp.configured_origins(call, operation, configured)) -%}
    {%- endfor -%}
    {%- do origins.extend(seg2amp._query_origins(call)) -%}
    {%- if call == "identify" -%}
        {%- do origins.extend(seg2amp.trait_origins()) -%}
        {%- do origins.append(seg2amp._groups_as_traits_origin()) -%}
    {%- else -%}
        {%- do origins.extend(seg2amp.configured_origins(call, "$add", "user_properties_add")) -%}
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
