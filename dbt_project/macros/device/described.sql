{#-
    Messages with what a row says of the device and of where the person came from, as a select: agent_…, what the user agent tells, `platform`,
    `library`, the language and country of the locale, and the acquired_… texts: referrer, campaign and click id.
    messages: a relation with the columns of int_messages_routed.
    `agent_describes` = device: the system (or else the browser) and the device, a device without a name by its system; os_version is by
    `agent_os_version` the system's own, or the browser's major version, which Amplitude (Actions) sends. browser: the browser stands for
    the system, and the system for the device's model, as Amplitude (Classic) has it.
    `platform_source` = device_type: the device's type with the first "ios" written iOS and the first "android" written
    Android; without one, Web where the library is analytics.js. Source: Amplitude (Actions), which replaces inside words too.
    library: that of the library that sent the message, else the device's type, the system or the library's name, in small letters but for
    Web, iOS and Android. Source: Segment's first server integration for Amplitude (Classic).
-#}
{% macro described(messages) -%}
    {%- set agents, names = ref("int_user_agents_parsed"), ref("locale_names") -%}
    {%- set named = seg2amp.setting("locale_names") -%}
    {%- set locale = "^([a-z]{2})(-([A-Z]{2}))?$" -%}
    {%- set asks = seg2amp.agents_describe() -%}
    {%- set of_browser = seg2amp.setting("agent_describes") == "browser" -%}
    {%- set version = {"system": "os_version", "browser": "browser_version"}[
        seg2amp.setting("agent_os_version")
    ] -%}
    {%- set seen = {
        "os_name": (
            ["agents.browser_name"]
            if of_browser
            else ["agents.os_name", "agents.browser_name"]
        ),
        "os_version": [
            "user_agent_data_platform_version",
            "agents." ~ ("browser_version" if of_browser else version),
        ],
        "device_manufacturer": [] if of_browser else ["agents.device_manufacturer"],
        "device_model": ["user_agent_data_model"]
        + ([] if of_browser else ["agents.device_model"])
        + ["agents.os_name"],
        "device_type": [] if of_browser else ["agents.device_type"],
    } -%}
    {%- set told, acquired = [], [] -%}
    {%- for name, texts in seen.items() -%}
        {%- set text = (
            "coalesce(" ~ texts | join(", ") ~ ")"
            if texts | length > 1
            else texts | join
        ) -%}
        {%- if not asks or not texts -%} {%- set text = "cast(null as text)" -%}
        {%- elif name in ("os_version", "device_model") -%}
            {%- set text = "case when agents.user_agent is not null then " ~ text ~ " end" -%}
        {%- endif -%}
        {%- do told.append(text ~ " as agent_" ~ name) -%}
    {%- endfor -%}
    {%- for name, text in seg2amp.acquired().items() -%}
        {%- do acquired.append(text ~ " as acquired_" ~ name) -%}
    {%- endfor -%}
    {%- set library = seg2amp.setting("library_value") -%}
    {%- set library = seg2amp.quoted(library) if library else "library_name" -%}
    {%- set by_library = seg2amp.setting("platform_source") == "library" -%}
    {%- set type, system = messages ~ ".device_type", messages ~ ".os_name" -%}
    {%- set cased = "case lower(text) when 'ios' then 'iOS' when 'android' then 'Android' else 'Web' end" -%}
    {%- set cased_inside = seg2amp.regex_replace(
        seg2amp.regex_replace(type, "ios", "iOS", "i"), "android", "Android", "i"
    ) -%}
    select
        {{ messages }}.*,
        {{ seg2amp.listed(told, 8) }},
        {{ "languages.name" if named else messages ~ ".language" }} as locale_language,
        {{ "countries.name" if named else "cast(null as text)" }} as locale_country,
        {%- if by_library %}
            case
                when library_name = 'analytics.js'
                then 'Web'
                when library_name = 'analytics-ios'
                then 'iOS'
                when library_name = 'analytics-android'
                then 'Android'
                when lower({{ type }}) in ('ios', 'android', 'web')
                then {{ cased | replace("text", type) }}
                when {{ type }} is not null
                then {{ type }}
                when lower({{ system }}) in ('ios', 'android', 'web')
                then {{ cased | replace("text", system) }}
                when {{ system }} is not null
                then lower({{ system }})
                when lower(library_name) in ('ios', 'android', 'web')
                then {{ cased | replace("text", "library_name") }}
                else nullif(library_name, '')
            end
        {%- else %}
            case
                when {{ type }} is not null
                then {{ cased_inside }}
                when library_name = 'analytics.js'
                then 'Web'
            end
        {%- endif %} as platform,
        case
            when call_type in ('identify', 'group') then 'segment' else {{ library }}
        end as library,
        {{ seg2amp.listed(acquired, 8) }}
    from {{ messages }}
    {%- if asks %}
        left join
            {{ agents }} as agents on {{ messages }}.user_agent = agents.user_agent
            {%- if of_browser %} and library_name = 'analytics.js' {%- endif %}
    {%- endif %}
    {%- if named %}
        left join
            {{ names }} as languages
            on languages.kind = 'language'
            and {{ seg2amp.regex_group(messages ~ ".language", locale, 1) }} = languages.code
        left join
            {{ names }} as countries
            on countries.kind = 'country'
            and {{ seg2amp.regex_group(messages ~ ".language", locale, 3) }} = countries.code
    {%- endif %}
{%- endmacro %}
