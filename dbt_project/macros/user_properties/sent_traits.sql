{#-
    The traits that become user properties (for a group call those of the group): the message's own, or with `event_traits` = context those of its
    context on events; without `traits_left_out`, and with `user_id_as_trait` the user id as `id`.
-#}
{% macro sent_traits() -%}
    {%- set traits = "traits" -%}
    {%- if seg2amp.setting("event_traits") == "context" -%}
        {%- set traits = "case when call_type in ('track', 'page', 'screen') then context_traits else traits end" -%}
    {%- endif -%}
    {%- set left_out = seg2amp.setting("traits_left_out") -%}
    {%- set kept = traits -%}
    {%- if left_out -%}
        {%- set empty = "'{}'" if seg2amp.setting("user_id_as_trait") else "null" -%}
        {%- set kept = (
            "case when "
            ~ traits
            ~ " is null then "
            ~ empty
            ~ " else "
            ~ seg2amp.without_keys(traits, left_out)
            ~ " end"
        ) -%}
    {%- endif -%}
    {%- if seg2amp.setting("user_id_as_trait") -%}
        {%- set id = seg2amp.path_json("userId") | trim -%}
        case
            when call_type = 'group'
            then {{ traits }}
            -- Amplitude clears all by itself or not at all.
            when
                {{ seg2amp.has_value(id) }}
                and coalesce({{ traits }} not like '%"$clearAll"%', true)
            then
                {{
                    seg2amp.json_merged(
                        "coalesce(" ~ kept ~ ", '{}')", seg2amp.json_object({"id": id})
                    )
                }}
            else {{ kept }}
        end
    {%- elif left_out -%} case when call_type = 'group' then {{ traits }} else {{ kept }} end
    {%- else -%} {{ traits }}
    {%- endif -%}
{%- endmacro %}
