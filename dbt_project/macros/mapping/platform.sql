{#-
    platform, by `platform_source`. device_type: the device's type with the first "ios" written iOS and the first "android" written
    Android; without one, Web where the library is analytics.js. Source: Amplitude (Actions), which replaces inside words too.
    library: that of the library that sent the message, else the device's type, the system or the library's name, in small letters but for
    Web, iOS and Android. Source: Segment's first server integration for Amplitude (Classic).
-#}
{% macro platform() -%}
    {%- if seg2amp.setting("platform_source") == "library" -%}
        {%- set told -%}
            case library_name
                when 'analytics.js'
                then 'web'
                when 'analytics-ios'
                then 'ios'
                when 'analytics-android'
                then 'android'
                else coalesce(device_type, lower(os_name), nullif(library_name, ''))
            end
        {%- endset -%}
        case
            lower({{ told }})
            when 'web'
            then 'Web'
            when 'ios'
            then 'iOS'
            when 'android'
            then 'Android'
            else {{ told }}
        end
    {%- else -%}
        {%- set ios = seg2amp.replace_first("device_type", "ios", "iOS") -%}
        case
            when device_type is not null
            then {{ seg2amp.replace_first(ios, "android", "Android") }}
            when library_name = 'analytics.js'
            then 'Web'
        end
    {%- endif -%}
{%- endmacro %}
