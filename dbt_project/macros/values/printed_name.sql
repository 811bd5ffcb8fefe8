{#-
    A page's name or category as its event's name prints it: by a template that closes gaps as text; else, as JavaScript prints what is no
    text, an object as `[object Object]`.
-#}
{% macro printed_name(json) -%}
    {%- if seg2amp.setting("page_emit") == "one" and seg2amp.setting(
        "page_without_name"
    ) != "blank" -%}
        {{ seg2amp.call("read_text", json) }}
    {%- else -%} {{ seg2amp.call("read_printed", json) }}
    {%- endif -%}
{%- endmacro %}
