{#-
    The event properties that settings add to every event, as a JSON object: `append_fields_to_event_props`, and the page's query string
    where `map_query_params` puts it there; NULL where no setting asks for any. Source: Amplitude (Classic).
-#}
{% macro added_properties() -%}
    {%- set pairs = {} -%}
    {%- for path, name in seg2amp.setting("append_fields_to_event_props").items() -%}
        {%- do pairs.update({name: seg2amp.path_json(path)}) -%}
    {%- endfor -%}
    {%- for name, side in seg2amp.setting("map_query_params").items() if side == "event_properties" -%}
        {%- do pairs.update({name: seg2amp.json_string("nullif(page_search, '')")}) -%}
    {%- endfor -%}
    {{ seg2amp.json_object(pairs) if pairs else "cast(null as text)" }}
{%- endmacro %}
