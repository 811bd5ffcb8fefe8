{#-
    A key whose value is null is left out of a payload. Nulls deeper inside are the sender's and stay, so the rows that hold any are
    looked into key by key.
-#}
{%- set columns = [
    "user_id",
    "device_id",
    "event_type",
    "time",
    "session_id",
    "insert_id",
    "event_properties",
    "user_properties",
    "groups",
    "group_type",
    "group_value",
    "group_properties",
    "global_user_id",
    "app_version",
    "platform",
    "os_name",
    "os_version",
    "device_brand",
    "device_manufacturer",
    "device_model",
    "carrier",
    "country",
    "region",
    "city",
    "language",
    "price",
    "quantity",
    "revenue",
    "productId",
    "revenueType",
    "location_lat",
    "location_lng",
    "ip",
    "idfa",
    "idfv",
    "adid",
    "library",
    "user_agent",
] -%}
{%- set leaves = [] -%}
{%- for key in columns -%}
    {%- do leaves.append({"name": "leaf_" ~ key | lower, "path": [key]}) -%}
{%- endfor %}
with
    suspects as (
        select insert_id, payload from {{ ref("amplitude_outbox") }} where payload like '%:null%'
    ),

    parsed as ({{ seg2amp.json_leaves("suspects", "payload", ["insert_id", "payload"], leaves) }})

select insert_id, payload
from parsed
where
    'null' in (
        {%- for leaf in leaves %}
            coalesce({{ leaf.name }}, ''){{ "," if not loop.last }}
        {%- endfor %}
    )
