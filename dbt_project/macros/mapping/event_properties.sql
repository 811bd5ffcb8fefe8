{#-
    event_properties of an event that a message gives by itself: the message's properties, without those that the settings leave out and
    with those that they add. What the message itself says wins over the name and category of a page; what a setting asks for wins
    over the message.
-#}
{% macro event_properties() -%}
    {%- set left_out = (
        []
        if seg2amp.setting("use_custom_amplitude_properties")
        else [
            "language",
            "country",
            "event_id",
            "amplitude_event_type",
        ]
    ) -%}
    {%- set added = seg2amp.added_properties() -%}
    {%- set kept -%}
        {%- if seg2amp.setting("page_name_in_properties") -%}
            case
                when call_type in ('page', 'screen')
                then
                    {{
                        seg2amp.json_merge(
                            seg2amp.json_object(
                                {"category": "category_json", "name": "name_json"}
                            ),
                            "coalesce(properties, '{}')",
                        )
                    }}
                else properties
            end
        {%- else -%} properties
        {%- endif -%}
    {%- endset -%}
    {%- set rest = seg2amp.json_without("(" ~ kept ~ ")", left_out) if left_out else kept -%}
    {%- set of_order = seg2amp._order_properties(kept, left_out) -%}
    {%- set all -%}
        {%- if of_order == rest -%} {{ rest }}
        {%- else -%} case when is_order and products > 0 then {{ of_order }} else {{ rest }} end
        {%- endif -%}
    {%- endset -%}
    {%- if added == "'{}'" -%} {{ all }}
    {%- else -%} {{ seg2amp.json_merge("coalesce(" ~ all ~ ", '{}')", added) }}
    {%- endif -%}
{%- endmacro %}

{#- An order's own: without its products where `order_keeps_products` is off; listed once with `track_products_once`. -#}
{% macro _order_properties(kept, left_out) -%}
    {%- set once = seg2amp.setting("track_products_once") -%}
    {%- set names = left_out + (
        [] if seg2amp.setting("order_keeps_products") and not once else ["products"]
    ) -%}
    {%- set rest = seg2amp.json_without("(" ~ kept ~ ")", names) if names else kept -%}
    {%- if once -%}
        {{
            seg2amp.json_merge(
                "coalesce(" ~ rest ~ ", '{}')",
                seg2amp.json_object({"products": "listed_products"}),
            )
        }}
    {%- else -%} {{ rest }}
    {%- endif -%}
{%- endmacro %}
