{#-
    The traits that become user properties (for a group call those of the group), still as JSON: the message's own, or with `event_traits` =
    context those of its context on events; without `traits_left_out`, and with `user_id_as_trait` the user id as `id`.
-#}
{% macro sent_traits_json() -%}
    {%- set traits -%}
        {%- if seg2amp.setting("event_traits") == "context" -%}
            case when call_type in ('track', 'page', 'screen') then context_traits_json else traits_json end
        {%- else -%} traits_json
        {%- endif -%}
    {%- endset -%}
    {%- set left_out = seg2amp.setting("traits_left_out") -%}
    {%- set kept = (
        seg2amp.json_without("coalesce(" ~ traits ~ ", '{}')", left_out)
        if left_out
        else traits
    ) -%}
    {%- if seg2amp.setting("user_id_as_trait") -%}
        case
            when call_type = 'group' or left(coalesce({{ traits }}, '{'), 1) <> '{'
            then {{ traits }}
            -- Amplitude clears all by itself or not at all.
            when
                {{ seg2amp.has_value("user_id_json") }}
                and coalesce({{ traits }} not like '%"$clearAll"%', true)
            then
                {{
                    seg2amp.json_merge(
                        "coalesce(" ~ kept ~ ", '{}')",
                        seg2amp.json_object({"id": "user_id_json"}),
                    )
                }}
            else {{ kept }}
        end
    {%- elif left_out -%}
        case
            when call_type = 'group' or left({{ traits }}, 1) <> '{' or {{ traits }} is null
            then {{ traits }}
            else {{ kept }}
        end
    {%- else -%} {{ traits }}
    {%- endif -%}
{%- endmacro %}
