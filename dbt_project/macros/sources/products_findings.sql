{#-
    What can be wrong with products that a warehouse keeps as text, {finding: condition}. Text that begins as JSON and has just the length
    of a usual text column was cut off there. Source: Segment keeps arrays as JSON text, on Redshift in 512 characters unless widened.
-#}
{% macro products_findings(text) %}
    -- fmt: off
    {%- set widths = [
        255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096, 5000, 5120, 8000, 8192, 10000, 16384, 20000, 32767, 32768, 65535, 65536,
    ] -%}
    -- fmt: on
    {%- set given = text ~ " <> ''" -%}
    {%- set begins = "left(ltrim(" ~ text ~ "), 1) in ('[', '{')" -%}
    {%- set cut = begins ~ " and length(" ~ text ~ ") in (" ~ widths | join(", ") ~ ")" -%}
    {%- set json = seg2amp.is_json(text) -%}
    {{
        return(
            {
                "products_cut": given ~ " and " ~ cut ~ " and not " ~ json,
                "products_unreadable": given ~ " and not (" ~ cut ~ ") and not " ~ json,
                "products_not_list": given ~ " and not " ~ begins ~ " and " ~ json,
            }
        )
    }}
{% endmacro %}
