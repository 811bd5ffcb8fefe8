{#- In words, where time and session_id of a row come from: {payload key: origins}. -#}
{% macro time_and_session_origins() %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- set columns = {
        "timestamp_told": path("timestamp"),
        "corrected_ms":   "`receivedAt` − (`sentAt` − `originalTimestamp`)",
        "original_told":  path("original_timestamp"),
        "received_at_ms": "`receivedAt`",
    } -%}
    {%- set times = [] -%}
    {%- for column in seg2amp.time_sources() -%} {%- do times.append(columns[column]) -%} {%- endfor -%}
    {%- set numbers = {
        true:  "a number, also in text, may be seconds, milliseconds or microseconds",
        false: "a number is milliseconds, text of digits a calendar date",
    }[setting("digits_are_epoch")] -%}
    {%- set missing = {
        true:  "",
        false: "; without one Amplitude takes the moment of the upload",
    }[setting("missing_time_is_received_at")] -%}

    {%- set outside = "-1 where " ~ seg2amp.option_paths("out_of_session") | join(" or ") ~ " is true" -%}
    {%- set gaps = setting("session_gap_minutes") ~ " minutes (" ~ setting("session_gap_minutes_mobile") ~ " in mobile apps)" -%}
    {%- set derived = "the session that the device's activity tells, without a pause of more than " ~ gaps -%}
    {%- set units = {
        "as_sent": "Epoch milliseconds; date text is converted, a number goes as it is.",
        "auto":    "Epoch milliseconds; seconds and date text are converted, what is no plausible time is left out.",
    } -%}
    {{ return({
        "time": [origin(
            times,
            "Epoch milliseconds, what is finer is cut off; " ~ numbers ~ missing ~ ".",
            ["time_source", "missing_time_is_corrected", "missing_time_is_received_at", "digits_are_epoch", "javascript_dates"],
        )],
        "session_id": [origin(
            [outside if setting("out_of_session") else ""]
            + seg2amp.option_paths("session_id")
            + [
                derived if setting("derive_sessions") else "",
                "-1" if setting("session_id_when_missing") == "minus_one" else "",
            ],
            units[setting("session_id_unit")],
            [
                "session_id_source", "session_id_unit", "javascript_dates", "out_of_session", "session_id_when_missing",
                "derive_sessions", "session_gap_minutes", "session_gap_minutes_mobile",
            ],
        )],
    }) }}
    -- fmt: on
{% endmacro %}
