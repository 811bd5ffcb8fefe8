{%- set everything = "every column but Segment's own" -%}
{%- set rows = [] -%}
{%- for field in seg2amp.message_fields() -%}
    {%- set whole = field.path in (["properties"], ["traits"]) -%}
    {%- set begins = [field.prefix ~ "…"] if field.prefix else [] -%}
    {%- do rows.append(
        {
            "position": loop.index,
            "segment_field": field.path | join("."),
            "calls": field.calls | join(", ") if field.calls else "all",
            "warehouse_column": (
                everything
                if whole
                else (field.columns + begins) | join(", else ") or none
            ),
        }
    ) -%}
{%- endfor -%}
{{ seg2amp.literal_rows(rows) }}
