{#-
    platform, by `platform_source`. device_type: the device's type with the first "ios" written iOS and the first "android" written
    Android; without one, Web where the library is analytics.js. Source: Amplitude (Actions), which replaces inside words too.
    library: that of the library that sent the message, else the device's type, the system or the library's name, in small letters but for
    Web, iOS and Android. Source: Segment's first server integration for Amplitude (Classic).
-#}
{% macro platform(messages) -%}
    {%- set type = messages ~ ".device_type" -%}
    {%- if seg2amp.setting("platform_source") == "library" -%}
        case
            when library_name = 'analytics.js'
            then 'Web'
            when library_name = 'analytics-ios'
            then 'iOS'
            when library_name = 'analytics-android'
            then 'Android'
            when lower({{ type }}) in ('ios', 'android', 'web')
            then {{ seg2amp._cased(type) }}
            when {{ type }} is not null
            then {{ type }}
            when lower({{ messages }}.os_name) in ('ios', 'android', 'web')
            then {{ seg2amp._cased(messages ~ ".os_name") }}
            when {{ messages }}.os_name is not null
            then lower({{ messages }}.os_name)
            when lower(library_name) in ('ios', 'android', 'web')
            then {{ seg2amp._cased("library_name") }}
            else nullif(library_name, '')
        end
    {%- else -%}
        case
            when {{ type }} is not null
            then
                {{
                    seg2amp.regex_replace(
                        seg2amp.regex_replace(type, "ios", "iOS", "i"), "android", "Android", "i"
                    )
                }}
            when library_name = 'analytics.js'
            then 'Web'
        end
    {%- endif -%}
{%- endmacro %}

{% macro _cased(name) -%}
    case lower({{ name }}) when 'ios' then 'iOS' when 'android' then 'Android' else 'Web' end
{%- endmacro %}
