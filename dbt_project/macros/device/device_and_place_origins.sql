{#-
    In words, where the fields about app, device, place and library of a row come from, and those that only `mapped_fields` maps:
    {payload key: origins}. row: its kind, as `audit_mapping` names it.
-#}
{% macro device_and_place_origins(row) %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- set origins = {} -%}
    {%- for key in ["dma", "android_id", "event_id", "paying", "start_version"] -%}
        {%- set mapped = setting("mapped_fields").get(key) -%}
        {%- do origins.update({key: [origin(["`" ~ mapped ~ "`" if mapped else ""], "", ["mapped_fields"])]}) -%}
    {%- endfor -%}
    {%- if row in ("identify", "group membership", "group identify") -%}
        {%- do origins.update({"library": [origin(["the word `segment`"], "Always the same.")]}) -%}
    {%- else -%}
        {%- set value = setting("library_value") -%}
        {%- set library = "the word `" ~ value ~ "`" if value else path("library_name") -%}
        {%- do origins.update({"library": [origin([library], "", ["library_value"])]}) -%}
    {%- endif -%}
    {%- if row not in ("event", "product event", "identify") -%}
        {%- set nothing = [origin([], "Such a row says nothing of the device.")] -%}
        {%- do origins.update(dict.fromkeys(seg2amp.device_fields(), nothing)) -%}
        {%- do origins.update({"user_agent": [origin([], "Only identify calls have it.")]}) -%}
        {{ return(origins) }}
    {%- endif -%}

    {#- What a user agent may tell of: the message's own field, the browser's client hint, and what is read in the user agent. -#}
    {%- set of_product = row == "product event" -%}
    {%- set by_browser = setting("agent_describes") == "browser" -%}
    {%- set of_browser = by_browser or setting("agent_os_version") == "browser" -%}
    {%- set version = "its browser's major version" if of_browser else "its system's version" -%}
    {%- set agent_fields = {
        "os_name": [path("os_name"), "", "its browser" if by_browser else "its system, or else its browser"],
        "os_version": [
            path("os_version"),
            path("user_agent_data_platform_version"),
            version ~ "; a client hint counts only beside a user agent",
        ],
        "device_manufacturer": [path("device_manufacturer"), "", "" if by_browser else "its device's maker"],
        "device_model": [
            path("device_model"),
            path("user_agent_data_model"),
            "its system" if by_browser else "its device, or else its system",
        ],
        "device_type": ["", "", "" if by_browser else "mobile, tablet or smarttv"],
    } -%}
    {%- set speaking = "Of a user agent of analytics.js " if by_browser else "Of the user agent " -%}
    {%- set asked = seg2amp.agents_describe() and (setting("agent_on_products") or not of_product) -%}
    {%- set settings = ["user_agent_parsing", "include_raw_user_agent", "agent_describes"] -%}
    {%- for key, (own, hint, told) in agent_fields.items() -%}
        {%- do origins.update({key: [origin(
            [own, hint, path("user_agent")] if asked and told else [own],
            speaking ~ told ~ "." if asked and told else "",
            settings
            + (["agent_on_products"] if of_product else [])
            + (["agent_os_version"] if key == "os_version" else [])
            + (["keep_empty_text"] if hint else []),
        )]}) -%}
    {%- endfor -%}

    {#- The place, which the locale may tell of too. -#}
    {%- set names = setting("locale_names") -%}
    {%- set columns = [path("context_traits"), path("traits"), path("properties")] | join(", else in ") -%}
    {%- for key in ["country", "region", "city"] -%}
        {%- set searched = "`address." ~ key ~ "` or `" ~ key ~ "` in " ~ columns if setting("place_from_traits") else "" -%}
        {%- set of_locale = path("language") if names and key == "country" else "" -%}
        {%- do origins.update({key: [origin(
            [path(key), searched, of_locale],
            "The English name of the locale's country." if of_locale else "",
            ["place_from_traits"] + (["locale_names"] if key == "country" else []),
        )]}) -%}
    {%- endfor -%}

    {%- set platforms = {
        "library": [
            [path("library_name") ~ " where it is one of three", path("device_type"), path("os_name"), path("library_name")],
            "analytics.js is Web, analytics-ios iOS, analytics-android Android.",
        ],
        "device_type": [
            [path("device_type"), "Web where " ~ path("library_name") ~ " is analytics.js"],
            "ios and android are written iOS and Android.",
        ],
    } -%}
    {%- set platform = platforms[setting("platform_source")] -%}
    {%- set version_name = setting("version_name") -%}
    {%- set advertising_ids = [path("advertising_id"), path("advertising_id", also=true)] -%}
    {%- set by_os = setting("advertising_id_on") == "by_os" -%}
    {%- set raw_agent = path("user_agent") if setting("include_raw_user_agent") and not of_product else "" -%}
    {%- do origins.update({
        "app_version":  [origin([path("app_version"), "the words `" ~ version_name ~ "`" if version_name else ""], "", ["version_name"])],
        "platform":     [origin(platform[0], platform[1], ["platform_source"])],
        "language":     [origin([path("language")], "The English name of the locale's language." if names else "", ["locale_names"])],
        "device_brand": [origin([path("device_brand")])],
        "carrier":      [origin([path("carrier")])],
        "ip":           [origin([path("ip")])],
        "location_lat": [origin([path("latitude")], "As a number.", ["parse_number_text"])],
        "location_lng": [origin([path("longitude")], "As a number.", ["parse_number_text"])],
        "idfa":         [origin(advertising_ids, "Where `context.os.name` is iOS." if by_os else "On every system.", ["advertising_id_on"])],
        "adid":         [origin(advertising_ids, "Where `context.os.name` is Android." if by_os else "On every system.", ["advertising_id_on"])],
        "idfv":         [origin([path("context_device_id") if setting("send_idfv") else ""], "", ["send_idfv"])],
        "user_agent":   [origin([raw_agent], "", ["include_raw_user_agent"])],
    }) -%}
    {{ return(origins) }}
    -- fmt: on
{% endmacro %}
