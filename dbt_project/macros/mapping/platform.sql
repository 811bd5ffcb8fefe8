{#-
    platform: the device's type with the first "ios" written iOS and the first "android" written Android; without one,
    Web where the library is analytics.js. Source: Amplitude (Actions), which replaces inside words too.
-#}
{% macro platform() -%}
    {%- set ios = seg2amp.replace_first("device_type", "ios", "iOS") -%}
    case
        when device_type is not null
        then {{ seg2amp.replace_first(ios, "android", "Android") }}
        when library_name = 'analytics.js'
        then 'Web'
    end
{%- endmacro %}
