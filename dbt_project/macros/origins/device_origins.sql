{#-
    In words, where the fields of `device_fields` come from: {field: origins}. product: whether the row is the event of a product, which
    asks the user agent with `agent_on_products` alone.
-#}
{% macro device_origins(product=false) %}
    {%- set origins = seg2amp.agent_origins(product) -%}
    {%- do origins.update(seg2amp.place_origins()) -%}
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
