{#-
    What is wrong with a row's time, in words; NULL where nothing: before 2001 (seconds taken for milliseconds) or more than a day
    after Segment received it. Amplitude documents no bound; no real event lies beyond these.
-#}
{% macro time_violation() -%}
    case
        when time < 978307200000
        then 'time is before 2001'
        when time > latest_credible_ms
        then 'time is more than a day after it was received'
    end
{%- endmacro %}
