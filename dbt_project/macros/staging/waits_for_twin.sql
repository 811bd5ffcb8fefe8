{#-
    Condition: whether a row of `tracks` was loaded less than `tracks_wait_hours` ago, so that its twin in the event's table may still come;
    false where the table does not tell when.
-#}
{% macro waits_for_twin(tracks) -%}
    {%- set loaded_at = seg2amp.load_time(tracks) -%}
    {%- set hours = seg2amp.quoted(seg2amp.setting("tracks_wait_hours")) -%}
    {%- if not loaded_at -%} false
    {%- else -%}
        coalesce({{ loaded_at }} >= {{ seg2amp.utc_now() }} - interval {{ hours }} hour, false)
    {%- endif -%}
{%- endmacro %}
