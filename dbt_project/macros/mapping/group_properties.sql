{#-
    group_properties of a group call: its traits. Where `wrap_plain_in_set` asks for it, plain properties that stand beside operations go
    into $set, because Amplitude refuses a mixture.
-#}
{% macro group_properties() -%}
    {%- set traits = "traits" if seg2amp.setting("strict_types") else "coalesce(traits, '{}')" -%}
    {%- if seg2amp.setting("wrap_plain_in_set") == "never" -%} {{ traits }}
    {%- else -%}
        {%- set plain = seg2amp.json_pick("traits", "plain") -%}
        {%- set operations = seg2amp.json_pick("traits", "operations") -%}
        case
            when traits like '%"$%' and {{ operations }} <> '{}' and {{ plain }} <> '{}'
            then
                {{
                    seg2amp.json_merge(
                        operations,
                        seg2amp.json_object(
                            {
                                "$set": seg2amp.merged_or_either(
                                    plain, seg2amp.json_leaf("traits", ["$set"])
                                )
                            }
                        ),
                    )
                }}
            else {{ traits }}
        end
    {%- endif -%}
{%- endmacro %}
