{#- In words, where the ids of a row come from: {payload key: origins}. row: its kind, as `audit_mapping` names it. -#}
{% macro identity_origins(row) %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- set digits = "rounded beyond 2^53 as JavaScript rounds it" if setting("round_large_ids") else "digit by digit" -%}
    {%- set rule = "A number is sent as text, " ~ digits ~ "; fewer than " ~ setting("min_id_length") ~ " characters reject the row." -%}
    {%- set settings = ["round_large_ids", "min_id_length"] -%}

    {%- if row == "user mapping" -%}
        {%- set given = "Where " ~ path("unmap") ~ " has a value" -%}
        {{ return({
            "user_id":        [origin([path("unmap"), path("previous_id")], rule, settings)],
            "global_user_id": [origin([path("user_id")], given ~ ", it is left out.", settings)],
            "unmap":          [origin(["the word `true`"], given ~ ", the user is no longer mapped.")],
        }) }}
    {%- endif -%}

    {%- set ids = [path("context_device_id"), path("anonymous_id")] -%}
    {%- if setting("prefer_anonymous_id_for_device_id") -%} {%- set ids = ids | reverse | list -%} {%- endif -%}
    {%- set empty = "An empty first id hides the second" if setting("keep_empty_text") else "An empty id is none" -%}
    {%- set insert_id = {
        "event":           "Further events of a page or screen call end in -c (categorized) or -a (all).",
        "product event":   "The products of an order end in -2, -3 and so on.",
        "user properties": "It ends in -u.",
    } -%}
    {{ return({
        "user_id":   [origin([path("user_id")], rule, settings)],
        "device_id": [origin(ids, empty ~ "; else as for user_id.", ["prefer_anonymous_id_for_device_id", "keep_empty_text"] + settings)],
        "insert_id": [origin(
            ["`messageId`, else the md5 of the raw message"],
            insert_id.get(row, "Amplitude knows a duplicate by it."),
            ["page_emit"] if row == "event" else [],
        )],
    }) }}
    -- fmt: on
{% endmacro %}
