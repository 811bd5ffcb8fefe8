{#-
    Whether a message comes from a mobile app: a screen call, one of Segment's mobile libraries, or a device or system that says so.
    A page call and analytics.js are the web, in a phone's browser too. Source: Segment's spec and its libraries' context.
-#}
{% macro is_mobile() -%}
    case
        when call_type = 'screen'
        then true
        when call_type = 'page' or library_name = 'analytics.js'
        then false
        else
            coalesce(
                {{
                    seg2amp.regex_matches(
                        "lower(library_name)",
                        "(^|[^a-z])(ios|android|kotlin|swift|react-native|flutter|xamarin)",
                    )
                }},
                false
            )
            or coalesce(
                {{ seg2amp.regex_matches("lower(device_type)", "^(ios|ipados|android)") }}, false
            )
            or coalesce(
                {{ seg2amp.regex_matches("lower(os_name)", "^(ios|ipados|android)") }}, false
            )
    end
{%- endmacro %}
