{%- set doors = ["tracks", "pages", "screens", "identifies", "groups", "aliases", "raw_json"] -%}
{%- for door in doors %}
    select {{ seg2amp.message_columns() | join(", ") }}
    from {{ ref("stg_segment__" ~ door) }} {{ "union all" if not loop.last }}
{%- endfor %}
