{#-
    What a message sets on the user beside its traits, as the JSON object of $set: campaign and referrer, or what `user_properties_set`
    says; the page's query string where `map_query_params` puts it there, and always on identifies; the groups of an identify call with
    `identify_groups_as_traits`.
-#}
{% macro set_operation() -%}
    {%- set acquired = seg2amp.acquisition_operation("", "user_properties_set") -%}
    {%- set pairs = {} -%}
    {%- for name, side in seg2amp.setting("map_query_params").items() -%}
        {%- set search = "nullif(page_search, '')" -%}
        {%- if side == "event_properties" -%}
            {%- set search = "case when call_type = 'identify' then " ~ search ~ " end" -%}
        {%- endif -%}
        {%- do pairs.update({name: seg2amp.json_string(search)}) -%}
    {%- endfor -%}
    {%- set operation = namespace(sql=acquired) -%}
    {%- if pairs -%}
        {%- set searched -%}
            case
                when call_type in ('track', 'page', 'screen', 'identify')
                then nullif({{ seg2amp.json_object(pairs) }}, '{}')
            end
        {%- endset -%}
        {%- set operation.sql = (
            "("
            ~ seg2amp.merged_or_either("(" ~ operation.sql ~ ")", "(" ~ searched ~ ")")
            ~ ")"
        ) -%}
    {%- endif -%}
    {%- if seg2amp.setting("identify_groups_as_traits") and seg2amp.setting(
        "event_groups_option"
    ) -%}
        {%- set operation.sql = seg2amp.merged_or_either(
            "(" ~ operation.sql ~ ")",
            "(case when call_type = 'identify' then groups end)",
        ) -%}
    {%- endif -%}
    {{ operation.sql }}
{%- endmacro %}
