{#-
    In words, where the fields of `device_fields` come from: {field: origins}. product: whether the row is the event of a product, which
    asks the user agent with `agent_on_products` alone.
-#}
{% macro device_origins(product=false) %}
    {%- set origins = seg2amp._agent_origins(product) -%}
    {%- do origins.update(seg2amp._place_origins()) -%}
    {%- set version = seg2amp.setting("version_name") -%}
    {%- set words = ["the words `" ~ version ~ "`"] if version else [] -%}
    {%- do origins.update(
        {
            "app_version": [
                seg2amp.origin(
                    [seg2amp.field_path("app_version")] + words,
                    settings=["version_name"],
                )
            ],
            "platform": [seg2amp._platform_origin()],
            "device_brand": [seg2amp.origin([seg2amp.field_path("device_brand")])],
            "carrier": [seg2amp.origin([seg2amp.field_path("carrier")])],
            "dma": [seg2amp.mapped_origin("dma")],
        }
    ) -%}
    {{ return(origins) }}
{% endmacro %}

{#- The fields that a user agent may tell of. -#}
{% macro _agent_origins(product) %}
    {%- set path = seg2amp.field_path -%}
    {%- set of_product = ["agent_on_products"] if product else [] -%}
    {%- set asked = seg2amp.agents_describe() and (
        seg2amp.setting("agent_on_products") or not product
    ) -%}
    {%- set browser = seg2amp.setting("agent_describes") == "browser" -%}
    {%- set settings = [
        "user_agent_parsing",
        "include_raw_user_agent",
        "agent_describes",
    ] + of_product -%}
    {%- set of_browser = browser or seg2amp.setting("agent_os_version") == "browser" -%}
    {%- set version = "its browser's major version" if of_browser else "its system's version" -%}
    -- fmt: off
    {%- set told = {
        "os_name": "its browser" if browser else "its system, or else its browser",
        "os_version": version ~ "; a client hint counts only beside a user agent",
        "device_manufacturer": "" if browser else "its device's maker",
        "device_model": "its system" if browser else "its device, or else its system",
        "device_type": "" if browser else "mobile, tablet or smarttv",
    } -%}
    {%- set first = {
        "os_name": [path("os_name")],
        "os_version": [path("os_version")],
        "device_manufacturer": [path("device_manufacturer")],
        "device_model": [path("device_model")],
        "device_type": [],
    } -%}
    {%- set hints = {
        "os_version": [path("user_agent_data_platform_version")],
        "device_model": [path("user_agent_data_model")],
    } -%}
    -- fmt: on
    {%- set speaking = "Of a user agent of analytics.js " if browser else "Of the user agent " -%}
    {%- set origins = {} -%}
    {%- for name, rule in told.items() -%}
        {%- set agent = (
            hints.get(name, []) + ([path("user_agent")] if rule else [])
            if asked
            else []
        ) -%}
        {%- do origins.update(
            {
                name: [
                    seg2amp.origin(
                        first[name] + agent,
                        speaking ~ rule ~ "." if agent and rule else "",
                        settings
                        + (["agent_os_version"] if name == "os_version" else []),
                    )
                ]
            }
        ) -%}
    {%- endfor -%}
    {{ return(origins) }}
{% endmacro %}

{#- country, region, city and language. -#}
{% macro _place_origins() %}
    {%- set path = seg2amp.field_path -%}
    {%- set names = seg2amp.setting("locale_names") -%}
    {%- set searched = seg2amp.setting("place_from_traits") -%}
    {%- set columns = [path("context_traits"), path("traits"), path("properties")] -%}
    {%- set origins = {} -%}
    {%- for name in ["country", "region", "city"] -%}
        {%- set found = (
            [
                "`address." ~ name ~ "` or `" ~ name ~ "` in " ~ columns
                | join(", else in ")
            ]
            if searched
            else []
        ) -%}
        {%- set of_locale = [path("language")] if names and name == "country" else [] -%}
        {%- do origins.update(
            {
                name: [
                    seg2amp.origin(
                        [path(name)] + found + of_locale,
                        "The English name of the locale's country." if of_locale else "",
                        ["place_from_traits"]
                        + (["locale_names"] if name == "country" else []),
                    )
                ]
            }
        ) -%}
    {%- endfor -%}
    {%- do origins.update(
        {
            "language": [
                seg2amp.origin(
                    [path("language")],
                    "The English name of the locale's language." if names else "",
                    ["locale_names"],
                )
            ]
        }
    ) -%}
    {{ return(origins) }}
{% endmacro %}

{% macro _platform_origin() %}
    {%- set path = seg2amp.field_path -%}
    {%- if seg2amp.setting("platform_source") == "library" -%}
        {{
            return(
                seg2amp.origin(
                    [
                        path("library_name") ~ " where it is one of three",
                        path("device_type"),
                        path("os_name"),
                        path("library_name"),
                    ],
                    "analytics.js is Web, analytics-ios iOS, analytics-android Android.",
                    ["platform_source"],
                )
            )
        }}
    {%- else -%}
        {{
            return(
                seg2amp.origin(
                    [
                        path("device_type"),
                        "Web where " ~ path("library_name") ~ " is analytics.js",
                    ],
                    "ios and android are written iOS and Android.",
                    ["platform_source"],
                )
            )
        }}
    {%- endif -%}
{% endmacro %}
