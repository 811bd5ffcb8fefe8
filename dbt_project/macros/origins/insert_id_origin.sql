{#- In words, what makes up the insert_id of a row; nothing in the settings changes it, only which rows there are. -#}
{% macro insert_id_origin(row) %}
    -- fmt: off
    {%- set key = "`messageId`, else the md5 of the raw message" -%}
    {{ return({
        "event": seg2amp.origin([key], "Further events of a page or screen call end in -c (categorized) or -a (all).", ["page_emit"]),
        "product event": seg2amp.origin([key], "The products of an order end in -2, -3 and so on."),
        "user properties": seg2amp.origin([key], "It ends in -u."),
    }.get(row, seg2amp.origin([key], "Amplitude knows a duplicate by it."))) }}
    -- fmt: on
{% endmacro %}
