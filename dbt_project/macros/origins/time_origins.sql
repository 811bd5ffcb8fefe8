{#- In words, where time and session_id of a row come from: {field: origins}. -#}
{% macro time_origins() %}
    {%- set words = {
        "timestamp": seg2amp.field_path("timestamp"),
        "corrected": "`receivedAt` − (`sentAt` − `originalTimestamp`)",
        "original_timestamp": seg2amp.field_path("original_timestamp"),
        "received_at": "`receivedAt`",
    } -%}
    {%- set sources = [] -%}
    {%- for column in seg2amp.time_sources() -%}
        {%- do sources.append(words[seg2amp.time_source_names()[column]]) -%}
    {%- endfor -%}
    {%- set scaled = (
        "a number, also in text, may be seconds, milliseconds or microseconds"
        if seg2amp.setting("digits_are_epoch")
        else "a number is milliseconds, text of digits a calendar date"
    ) -%}
    {%- set missing = (
        ""
        if seg2amp.setting("missing_time_is_received_at")
        else "; without one Amplitude takes the moment of the upload"
    ) -%}
    {{
        return(
            {
                "time": [
                    seg2amp.origin(
                        sources,
                        "Epoch milliseconds, what is finer is cut off; " ~ scaled ~ missing ~ ".",
                        [
                            "time_source",
                            "missing_time_is_corrected",
                            "missing_time_is_received_at",
                            "digits_are_epoch",
                            "javascript_dates",
                        ],
                    )
                ],
                "session_id": [seg2amp._session_origin()],
            }
        )
    }}
{% endmacro %}

{% macro _session_origin() %}
    {%- set outside = (
        [
            "-1 where " ~ seg2amp.option_paths("out_of_session")
            | join(" or ") ~ " is true"
        ]
        if seg2amp.setting("out_of_session")
        else []
    ) -%}
    {%- set derived = (
        [
            "the session that the device's activity tells, without a pause of more than "
            ~ seg2amp.setting("session_gap_minutes")
            ~ " minutes ("
            ~ seg2amp.setting("session_gap_minutes_mobile")
            ~ " in mobile apps)"
        ]
        if seg2amp.setting("derive_sessions")
        else []
    ) -%}
    {%- set missing = (
        ["-1"] if seg2amp.setting("session_id_when_missing") == "minus_one" else []
    ) -%}
    {%- set rules = {
        "as_sent": "Epoch milliseconds; date text is converted, a number goes as it is.",
        "auto": "Epoch milliseconds; seconds and date text are converted, what is no plausible time is left out.",
    } -%}
    {{
        return(
            seg2amp.origin(
                outside + seg2amp.option_paths("session_id") + derived + missing,
                rules[seg2amp.setting("session_id_unit")],
                [
                    "session_id_source",
                    "session_id_unit",
                    "javascript_dates",
                    "out_of_session",
                    "session_id_when_missing",
                    "derive_sessions",
                    "session_gap_minutes",
                    "session_gap_minutes_mobile",
                ],
            )
        )
    }}
{% endmacro %}
