{#-
    The endpoint of a row of amplitude_identifies, as SQL. By the form goes only what may be repeated, since the Identify API is not known to
    recognise a duplicate; and never an event's own user properties, which are there to colour just that event.
-#}
{% macro identify_endpoint() -%}
    {%- if seg2amp.setting("identify_endpoint") == "stream" -%} '{{ seg2amp.event_endpoint() }}'
    {%- else -%}
        case
            when
                rule_id <> 'event_user_properties'
                and {{ seg2amp.may_be_repeated("user_properties") }}
            then 'identify'
            else '{{ seg2amp.event_endpoint() }}'
        end
    {%- endif -%}
{%- endmacro %}
