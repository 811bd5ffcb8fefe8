{#- Referrer, campaign and click id: each name that `acquired` may give, those that the settings leave out too. -#}
{% macro acquisition_origins(call, operation, prefix, configured) %}
    {%- set path = seg2amp.field_path -%}
    {%- set sent = [] -%}
    {%- for name, text in seg2amp.acquired().items() if not text.startswith("cast(null") -%}
        {%- do sent.append(name) -%}
    {%- endfor -%}
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
