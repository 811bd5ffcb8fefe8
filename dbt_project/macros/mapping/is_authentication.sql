{#- Whether a message tells of a sign-up or login. Source: the event names of Segment's B2B SaaS spec, and a common synonym. -#}
{% macro is_authentication() -%}
    (call_type = 'track' and lower(event) in ('signed up', 'signed in', 'logged in'))
{%- endmacro %}
