{#-
    A naive timestamp in UTC that a server wrote, NULL where it lies before 2001 or after 2100: such a moment of receipt is a defect of the
    data, and would otherwise make a copy the earliest, or let any time of an event pass.
-#}
{% macro known_moment(timestamp) -%}
    case
        when {{ timestamp }} between timestamp '2001-01-01' and timestamp '2100-01-01'
        then {{ timestamp }}
    end
{%- endmacro %}
