{#-
    What is wrong with a user or device id, as branches of a CASE: shorter than `min_id_length`, longer than 1,024 characters, or
    one of the words Amplitude takes for no id. Source: Amplitude HTTP V2 API.
-#}
{% macro when_id_is_wrong(id) -%}
    when {{ seg2amp.id_is_too_short(id) }}
    then '{{ id }} is shorter than {{ seg2amp.setting("min_id_length") }} characters'
    when length({{ id }}) > 1024
    then '{{ id }} is longer than 1024 characters'
    when {{ seg2amp.call("is_reserved_id", id) }}
    then '{{ id }} is a word that Amplitude takes for no id'
{%- endmacro %}

{#-
    What is wrong with a row's time, as branches of a CASE: before 2001 (seconds taken for milliseconds) or more than a day
    after Segment received it. Amplitude documents no bound; no real event lies beyond these.
-#}
{% macro when_time_is_wrong() -%}
    when time < 978307200000
    then 'time is before 2001'
    when time > latest_credible_ms
    then 'time is more than a day after it was received'
{%- endmacro %}
