{#-
    What is wrong with a user or device id, in words; NULL where nothing: shorter than `min_id_length`, longer than 1,024 characters, or
    one of the words Amplitude takes for no id. Source: Amplitude HTTP V2 API.
-#}
{% macro id_violation(id) -%}
    case
        when {{ seg2amp.id_is_too_short(id) }}
        then '{{ id }} is shorter than {{ seg2amp.setting("min_id_length") }} characters'
        when length({{ id }}) > 1024
        then '{{ id }} is longer than 1024 characters'
        when {{ seg2amp.id_is_reserved(id) }}
        then '{{ id }} is a word that Amplitude takes for no id'
    end
{%- endmacro %}
