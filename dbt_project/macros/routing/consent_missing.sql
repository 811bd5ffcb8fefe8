{#-
    Which of `consent_categories` a person has not agreed to, joined by `, `; NULL where none is missing or the message carries no consent.
    A category that the message does not name is not agreed to. Empty preferences agree to nothing, yet let a message pass whose
    integrations say true under one of `integration_names`. Source: Segment's consent management.
-#}
{% macro consent_missing() -%}
    {%- set invited = [] -%}
    {%- for name in seg2amp.setting("integration_names") -%}
        {%- do invited.append(seg2amp.json_leaf("integrations", [name]) ~ " = 'true'") -%}
    {%- endfor -%}
    {%- if not seg2amp.setting("consent_categories") -%} cast(null as text)
    {%- else -%}
        case
            when consent is null
            then null
            {%- if invited %}
                when
                    {{ seg2amp.regex_matches("consent", "^[{][[:space:]]*[}]$") }}
                    and ({{ invited | join(" or ") }})
                then null
            {%- endif %}
            else
                nullif(
                    concat_ws(
                        ', '
                        {%- for category in seg2amp.setting("consent_categories") %}
                            ,
                            case
                                when
                                    {{ seg2amp.member_json("consent", [category]) }}
                                    is distinct from 'true'
                                then {{ seg2amp.quoted(category) }}
                            end
                        {%- endfor %}
                    ),
                    ''
                )
        end
    {%- endif -%}
{%- endmacro %}
