{%- set rows = [] -%}
{%- for kind in seg2amp.amplitude_rows() -%}
    {%- for entry in kind.fields -%}
        {%- for origin in entry.origins -%}
            {%- do rows.append(
                {
                    "position": rows | length + 1,
                    "amplitude_row": kind.row,
                    "calls": origin.calls or kind.calls,
                    "amplitude_field": [entry.field, origin.part] | select | join("."),
                    "segment_field": origin["from"],
                    "rule": origin.rule,
                    "settings": origin.settings | join(", "),
                }
            ) -%}
        {%- else -%}
            {{
                exceptions.raise_compiler_error(
                    "No words say where `" ~ entry.field ~ "` of the " ~ kind.row ~ " comes from."
                )
            }}
        {%- endfor -%}
    {%- endfor -%}
{%- endfor -%}
{{ seg2amp.literal_rows(rows) }}
