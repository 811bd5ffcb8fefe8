{#-
    In words, what one operation on user properties adds to the traits, a list of origins: what brought the person here (referrer, campaign and
    click id), then what a setting of yours asks for. operation: $set, $setOnce or $add. configured: that setting.
-#}
{% macro operation_origins(row, operation, configured) %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- set origins = [] -%}
    {#- Version 1 of Log Event and identifies never ask for it. -#}
    {%- set is_asked = setting(configured) and setting("log_event_version") != 1 and row != "identify" -%}

    {%- if operation != "$add" -%}
        {%- set referrer, utm, gclid = setting("track_referrer"), setting("track_utm_properties"), setting("track_gclid") -%}
        {%- set domain, click = "the domain of " ~ path("referrer"), "`gclid` in " ~ path("page_search") ~ ", else in " ~ path("page_url") -%}
        {%- set of_domain = ["track_referring_domain", "track_referrer", "referrer_calls"] -%}
        {%- set acquired = {
            "referrer":         [path("referrer"),     referrer, ["track_referrer", "referrer_calls"]],
            "referring_domain": [domain,               referrer and setting("track_referring_domain"), of_domain],
            "utm_source":       [path("utm_source"),   utm,      ["track_utm_properties"]],
            "utm_medium":       [path("utm_medium"),   utm,      ["track_utm_properties"]],
            "utm_campaign":     [path("utm_campaign"), utm,      ["track_utm_properties"]],
            "utm_term":         [path("utm_term"),     utm,      ["track_utm_properties"]],
            "utm_content":      [path("utm_content"),  utm,      ["track_utm_properties"]],
            "gclid":            [click,                gclid,    ["track_gclid"]],
        } -%}
        {%- set prefix = "initial_" if operation == "$setOnce" else "" -%}
        {%- set kept = "An empty text is sent beside texts that are not." if setting("keep_empty_text") else "An empty text is not sent." -%}
        {%- do origins.append(origin(["the places below" if referrer or utm or gclid else ""], kept, ["keep_empty_text"], part=operation)) -%}
        {%- for name, (source, is_on, settings) in acquired.items() -%}
            {#- What is configured replaces all of them but on completed orders, and those are no page calls. -#}
            {%- set of_pages = "referrer_calls" in settings and setting("referrer_calls") == "page" -%}
            {%- set sent = is_on and not (of_pages and (is_asked or row == "identify")) -%}
            {%- do origins.append(origin(
                [source if sent else ""],
                "",
                settings + [configured],
                "completed order" if is_asked else "page" if of_pages and sent else "",
                operation ~ "." ~ prefix ~ name,
            )) -%}
        {%- endfor -%}
    {%- endif -%}

    {%- set settings = [configured, "log_event_version"] -%}
    {%- if is_asked -%}
        {%- for name, value in setting(configured).items() -%}
            {%- set word = "the number " ~ value if value is number else "`" ~ value ~ "`" -%}
            {%- do origins.append(origin([word], "Not on completed orders.", settings, part=operation ~ "." ~ name)) -%}
        {%- endfor -%}
    {%- elif row != "identify" -%}
        {%- do origins.append(origin([], "", settings, part=operation ~ ".<name>")) -%}
    {%- endif -%}
    {{ return(origins) }}
    -- fmt: on
{% endmacro %}
