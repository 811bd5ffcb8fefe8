{#- A zone (`Z`, `UTC`, `GMT`, `+01:00`, `-0500`, `+01`) as milliseconds east of UTC. -#}
{% macro zone_ms(zone) -%}
    {%- set digits = seg2amp.regex_replace(zone, "[^0-9]", "") -%}
    case
        when left({{ zone }}, 1) in ('+', '-')
        then
            case left({{ zone }}, 1) when '-' then -1 else 1 end * (
                cast(left({{ digits }}, 2) as bigint) * 60
                + cast(substr(rpad({{ digits }}, 4, '0'), 3, 2) as bigint)
            )
            * 60000
        else 0
    end
{%- endmacro %}
