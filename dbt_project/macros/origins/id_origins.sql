{#- In words, where user_id and device_id of a row come from: {field: origins}. -#}
{% macro id_origins() %}
    {%- set path = seg2amp.field_path -%}
    {%- set settings = ["round_large_ids", "min_id_length"] -%}
    {%- set digits = (
        "rounded beyond 2^53 as JavaScript rounds it"
        if seg2amp.setting("round_large_ids")
        else "digit by digit"
    ) -%}
    {%- set rule = (
        "A number is sent as text, "
        ~ digits
        ~ "; fewer than "
        ~ seg2amp.setting("min_id_length")
        ~ " characters reject the row."
    ) -%}
    {%- set ids = [path("context_device_id"), path("anonymous_id")] -%}
    {%- if seg2amp.setting("prefer_anonymous_id_for_device_id") -%}
        {%- set ids = ids | reverse | list -%}
    {%- endif -%}
    {%- set empty = (
        "An empty first id hides the second"
        if seg2amp.setting("keep_empty_text")
        else "An empty id is none"
    ) -%}
    {{
        return(
            {
                "user_id": [seg2amp.origin([path("user_id")], rule, settings)],
                "device_id": [
                    seg2amp.origin(
                        ids,
                        empty ~ "; else as for user_id.",
                        ["prefer_anonymous_id_for_device_id", "keep_empty_text"] + settings,
                    )
                ],
            }
        )
    }}
{% endmacro %}
