{#- One event of the batch API as JSON text, from a row of amplitude_events; keys without a value are left out. -#}
{% macro event_payload() %}
    {%- set pairs = {} -%}
    {%- for name in ["user_id", "device_id", "event_type"] -%}
        {%- do pairs.update({name: seg2amp.json_string(name)}) -%}
    {%- endfor -%}
    {%- for name in ["time", "session_id"] -%}
        {%- do pairs.update({name: "cast(" ~ name ~ " as text)"}) -%}
    {%- endfor -%}
    {%- do pairs.update({"insert_id": seg2amp.json_string("insert_id")}) -%}
    {%- for name in ["event_properties", "user_properties", "groups"] -%}
        {%- do pairs.update({name: name}) -%}
    {%- endfor -%}
    {%- do pairs.update(seg2amp.device_pairs()) -%}
    {%- for key, column in {
        "price": "price",
        "quantity": "quantity",
        "revenue": "revenue",
        "location_lat": "location_lat",
        "location_lng": "location_lng",
    }.items() -%}
        {%- do pairs.update({key: "cast(" ~ column ~ " as text)"}) -%}
    {%- endfor -%}
    {%- for key, column in {
        "productId": "product_id",
        "revenueType": "revenue_type",
        "ip": "ip",
        "idfa": "idfa",
        "idfv": "idfv",
        "adid": "adid",
        "library": "library",
        "user_agent": "user_agent",
    }.items() -%}
        {%- do pairs.update({key: seg2amp.json_string(column)}) -%}
    {%- endfor -%}
    {{ return(seg2amp.json_object(pairs)) }}
{% endmacro %}
