{#- The tables that Segment keeps for the calls, {table: call type}; each event has a table of its own beside them. -#}
{% macro call_tables() %}
    -- fmt: off
    {{ return({
        "tracks": "track", "pages": "page", "screens": "screen",
        "identifies": "identify", "groups": "group", "aliases": "alias",
    }) }}
    -- fmt: on
{% endmacro %}
