{#-
    Condition: whether user properties, applied a second time, change nothing: they hold no operation but those that leave what they made.
    $add, $append and $prepend do not. Source: Amplitude Identify API.
-#}
{% macro may_be_repeated(properties) -%}
    {%- set repeatable = ["$set", "$setOnce", "$unset", "$preInsert", "$postInsert", "$remove"] -%}
    case
        when coalesce({{ properties }} not like '%"$%', true)
        then true
        else
            {{ seg2amp.without_keys(seg2amp.call("json_operations", properties), repeatable) }}
            = '{}'
    end
{%- endmacro %}
