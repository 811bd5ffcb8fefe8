{%- set doors = ["tracks", "pages", "screens", "identifies", "groups", "aliases", "raw_json"] -%}
{%- set columns = seg2amp.message_columns() + seg2amp.landing_columns() | list -%}
with
    landed as (
        {%- for door in doors %}
            select {{ columns | join(", ") }}
            from {{ ref("stg_segment__" ~ door) }} {{ "union all" if not loop.last }}
        {%- endfor %}
    )

select *, {{ seg2amp.message_key() }} as message_key
from landed
