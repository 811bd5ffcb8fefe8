{#-
    What the inspection of raw tables looks for: {finding, severity, sent, calls, when, count, lacks, needs, column, detail, explanation, advice}.
    severity     error, warning or info: a word, or SQL that may ask for `share` (0 to 1)
    sent         false where the rows concerned are not sent
    calls        the call types whose tables it concerns; all where it is left out
    when         SQL: which rows, by the columns of `source_rows`; or `count`: SQL, an aggregate that gives how many
    lacks        columns: it concerns every row of a table that has none of them; needs: a column without which it is not asked
    column       the column that it is about; detail: SQL, an aggregate: what was found, in words
    explanation  what it means in Amplitude; advice: what to do
    Without `when`, `count` and `lacks` it is found elsewhere: `source_scan`, `source_structure`, `source_twins`.
-#}
{% macro source_findings() %}
    {%- set no_sessions = "Sessions, and whatever counts by them, will be missing in Amplitude." -%}
    {%- set people = ["track", "page", "screen", "identify"] -%}
    {%- set prefers_anonymous = seg2amp.setting("prefer_anonymous_id_for_device_id") -%}
    {%- set device = (
        "coalesce("
        ~ (
            "anonymous_id, device_id"
            if prefers_anonymous
            else "device_id, anonymous_id"
        )
        ~ ")"
    ) -%}
    {%- set calls_off = [] -%}
    {%- for call in ["track", "page", "screen", "identify", "group", "alias"] if not seg2amp.setting("send_" ~ call) -%}
        {%- do calls_off.append(call) -%}
    {%- endfor -%}
    {%- set event = "coalesce(event_text, event_slug)" -%}
    {%- set group_traits = seg2amp.setting("group_value_trait") -%}
    {%- set only, drop = seg2amp.setting("only_events"), seg2amp.setting("drop_events") -%}
    {%- set not_listed = (
        "not " ~ seg2amp.event_is_listed("only_events", event) if only else "false"
    ) -%}
    {%- set is_dropped = seg2amp.event_is_listed("drop_events", event) -%}
    {%- set refuses_violations = seg2amp.setting("drop_protocols_violations") -%}
    {%- set two_days = 172800000 -%}
    {#- As text, NULL before the year 1 and after 9999. -#}
    {%- set happened -%}
        case
            when happened_ms between -62135596800000 and 253402300799999
            then cast({{ seg2amp.epoch_timestamp("happened_ms") }} as text)
        end
    {%- endset -%}
    -- fmt: off
    {%- set findings = [
        {
            "finding": "schema_missing", "severity": "error", "sent": false,
            "explanation": "The schema is not there, or it is empty, or this user may not see it: a build stops here.",
            "advice": "Correct its name in segment_schemas, or allow this user to read it.",
        },
        {
            "finding": "schema_without_tables", "severity": "error", "sent": false,
            "explanation": "None of the schema's tables is read: none is a table of Segment's. A build stops here.",
            "advice": "Correct segment_schemas, and include_tables and exclude_tables where they are set.",
        },
        {
            "finding": "schemas_not_set", "severity": "warning",
            "explanation": "segment_schemas is not set, so a build maps the small hand-checked set in seeds/ and nothing of yours.",
            "advice": "Name your schemas of raw Segment tables in segment_schemas, one for each source.",
        },
        {
            "finding": "schema_not_read", "severity": "info", "sent": false,
            "explanation": "The schema holds tables as Segment makes them, but segment_schemas does not name it.",
            "advice": "Add it to segment_schemas if its messages belong in Amplitude.",
        },
        {
            "finding": "raw_json_not_inspected", "severity": "info",
            "explanation": "Raw JSON is read beside the tables. This inspection asks tables alone.",
            "advice": "Run a build; audit_messages then says of each line what became of it.",
        },
        {
            "finding": "no_person", "severity": "case when share >= 0.5 then 'error' else 'warning' end", "sent": false, "calls": people,
            "when": "coalesce(user_id, anonymous_id, device_id) is null",
            "explanation": "Amplitude refuses a row with neither user_id nor device_id.",
            "advice": "Send the userId or the anonymousId with every call.",
        },
        {
            "finding": "user_id_too_short", "severity": "warning", "sent": false, "column": "user_id",
            "when": seg2amp.id_is_too_short("user_id") ~ " and not " ~ seg2amp.id_is_reserved("user_id"),
            "explanation": "Amplitude refuses user ids shorter than min_id_length.",
            "advice": "Send longer ids, or lower min_id_length where ids really are that short.",
        },
        {
            "finding": "device_id_too_short", "severity": "warning", "sent": false, "column": "anonymous_id", "calls": people,
            "when": seg2amp.id_is_too_short(device) ~ " and not " ~ seg2amp.id_is_reserved(device),
            "explanation": "Amplitude refuses device ids shorter than min_id_length. They come from the anonymous id or the device's own.",
            "advice": "Send longer ids, or lower min_id_length where ids really are that short.",
        },
        {
            "finding": "user_id_reserved", "severity": "warning", "sent": false, "column": "user_id", "when": seg2amp.id_is_reserved("user_id"),
            "explanation": "The user id is a word that Amplitude takes for no id, such as null or 0, and Amplitude refuses the row.",
            "advice": "Leave the userId out where nobody is logged in.",
        },
        {
            "finding": "device_id_reserved", "severity": "warning", "sent": false, "column": "anonymous_id", "calls": people, "when": seg2amp.id_is_reserved(device),
            "explanation": "The device id is a word that Amplitude takes for no id, such as null or zeros, and Amplitude refuses the row.",
            "advice": "See that every visitor has an anonymousId.",
        },
        {
            "finding": "user_id_placeholder", "severity": "warning", "column": "user_id", "when": seg2amp.id_is_placeholder("user_id"),
            "explanation": "The user id is a word that stands for nobody, such as guest. Amplitude takes all who have it for one person.",
            "advice": "Leave the userId out where nobody is logged in.",
        },
        {
            "finding": "event_name_missing", "severity": "warning", "sent": false, "calls": ["track"], "column": "event_text", "when": event ~ " is null",
            "explanation": "A track call without an event name cannot be an event.",
            "advice": "Find the call that sends none.",
        },
        {
            "finding": "time_missing", "severity": "warning", "column": "timestamp", "needs": "timestamp", "when": "sent_time is null",
            "explanation": "Without a timestamp the time is told from original_timestamp and sent_at (missing_time_is_corrected), or else is when Segment received it (missing_time_is_received_at).",
            "advice": "Nothing, where few rows lack it.",
        },
        {
            "finding": "time_unreadable", "severity": "warning", "column": "timestamp", "when": "sent_time is not null and happened_ms is null",
            "explanation": "The timestamp is no date that can be read. Where original_timestamp does not tell the time either, the message is rejected.", "sent": false,
            "advice": "Find the call that sends such a timestamp.",
        },
        {
            "finding": "time_too_early", "severity": "warning", "sent": false, "column": "timestamp", "when": "happened_ms < 978307200000",
            "detail": "'the earliest is ' || " ~ happened | replace("happened_ms", "min(happened_ms)"),
            "explanation": "The event happened before 2001: certainly wrong, mostly seconds taken for milliseconds.",
            "advice": "Find the clock or call that sends such a timestamp.",
        },
        {
            "finding": "time_in_future", "severity": "warning", "sent": false, "column": "timestamp", "when": "happened_ms > " ~ seg2amp.epoch_ms("received_at") ~ " + 86400000",
            "detail": "'the latest is ' || " ~ happened | replace("happened_ms", "max(happened_ms)"),
            "explanation": "The event happened more than a day after Segment received it, so a device's clock or a call is wrong.",
            "advice": "Find the clock or call that sends such a timestamp.",
        },
        {
            "finding": "group_id_missing", "severity": "warning", "sent": false, "calls": ["group"], "column": "group_id",
            "when": "false" if group_traits else "group_id is null",
            "explanation": "A group call without a groupId names no group.",
            "advice": "Send the groupId, or name the traits that hold the group in group_type_trait and group_value_trait.",
        },
        {
            "finding": "previous_id_missing", "severity": "warning", "sent": false, "calls": ["alias"], "column": "previous_id",
            "when": "previous_id is null or user_id is null",
            "explanation": "An alias call needs two ids, the userId and the previousId: with one there is nothing to join.",
            "advice": "Send both.",
        },
        {
            "finding": "call_off", "severity": "info", "sent": false, "calls": calls_off or ["none"], "when": "true",
            "explanation": "The settings do not send this call.",
            "advice": "Turn its setting send_ on if it belongs in Amplitude.",
        },
        {
            "finding": "event_not_wanted", "severity": "info", "sent": false, "calls": ["track"], "column": "event_text", "when": "(" ~ not_listed ~ ") or " ~ is_dropped,
            "explanation": "only_events does not list the event, or drop_events does.",
            "advice": "Nothing, if that is meant.",
        },
        {
            "finding": "protocols_violation", "severity": "info" if refuses_violations else "warning", "sent": not refuses_violations, "calls": ["track"],
            "column": "event_text", "when": event ~ " in ('Violation Generated', 'violation_generated')",
            "explanation": "Segment Protocols reports broken tracking plans as events of a user schema-violations; they are nobody's doing.",
            "advice": "Keep drop_protocols_violations on, which leaves them out.",
        },
        {
            "finding": "session_event", "severity": "info", "calls": ["track"], "column": "event_text", "when": event ~ " in ('session_start', 'session_end')",
            "explanation": "Segment's session plugin tracks the begin and end of sessions. Amplitude makes sessions by itself, and these count as events.",
            "advice": "List them in drop_events if they are not to count.",
        },
        {
            "finding": "table_left_out", "severity": "info", "sent": false,
            "explanation": "The table is not read. Where include_tables or exclude_tables leave it out, its event is not read from tracks either.",
            "advice": "Nothing, if it is not Segment's; else see include_tables and exclude_tables.",
        },
        {
            "finding": "event_of_another_table", "severity": "case when share > 0.9 then 'warning' else 'info' end", "calls": ["track"],
            "explanation": "Rows name an event whose table has another name. Where that holds for all, the table looks made by a team, and its messages are read twice unless their ids are kept.",
            "advice": "List a table that is not Segment's in exclude_tables.",
        },
        {
            "finding": "several_event_names", "severity": "info", "calls": ["track"],
            "explanation": "Events whose names differ in case or signs alone share a table. Each stays an event of its own in Amplitude.",
            "advice": "Rename all to one name in the seed event_exceptions, if they are one.",
        },
        {
            "finding": "tracks_without_table", "severity": "warning",
            "explanation": "These events have no table of their own, left out by Selective Sync or without a name that a table could have. They are sent without properties.",
            "advice": "Sync the event's table in Segment, if its properties are wanted.",
        },
        {
            "finding": "tracks_without_row", "severity": "warning",
            "explanation": "The table of the event is there, but lacks these rows of `tracks` for longer than tracks_wait_hours. They are sent without properties.",
            "advice": "See in Segment whether the event's table still syncs.",
        },
        {
            "finding": "tracks_waiting", "severity": "info",
            "explanation": "The row of `tracks` is there, that in the table of its event not yet. It waits for it, tracks_wait_hours at most.",
            "advice": "Nothing: Segment loads each table for itself.",
        },
        {
            "finding": "event_rows_without_tracks", "severity": "info",
            "explanation": "Rows of an event's table that `tracks` does not hold. They are sent all the same.",
            "advice": "Nothing, unless the table is not Segment's: then list it in exclude_tables.",
        },
        {
            "finding": "id_in_several_tables", "severity": "info",
            "explanation": "One message id stands in several tables, as when an event was renamed. One message is made of them, preferably from the table of its event.",
            "advice": "Nothing.",
        },
        {
            "finding": "id_in_several_sources", "severity": "info" if seg2amp.setting("separate_sources") else "warning",
            "explanation": "One message id stands in several schemas. They are one message, or with separate_sources one in each.",
            "advice": "Turn separate_sources on if the sources share ids by chance; leave it off if one is a copy of the other.",
        },
        {
            "finding": "duplicate_ids", "severity": "info", "column": "id", "count": "count(message_id) - count(distinct message_id)",
            "explanation": "Copies of a message that the table holds already. The one received first is sent.",
            "advice": "Nothing.",
        },
        {
            "finding": "message_id_missing", "severity": "info", "column": "id", "needs": "id", "when": "message_id is null",
            "explanation": "A message without an id is known by its content: rows that are alike in all are one message.",
            "advice": "Nothing, where few rows lack it.",
        },
        {
            "finding": "products_cut", "severity": "error", "calls": ["track"],
            "explanation": "Products are JSON text that the column has cut off. These orders give no Product Purchased events.",
            "advice": "Widen the column in the warehouse and have Segment load the rows again.",
        },
        {
            "finding": "products_unreadable", "severity": "warning", "calls": ["track"],
            "explanation": "Products are no JSON that can be read. These orders give no Product Purchased events.",
            "advice": "Find the call that sends them so; Segment expects a list of objects.",
        },
        {
            "finding": "products_not_list", "severity": "warning", "calls": ["track"],
            "explanation": "Products are neither a list nor an object. These orders give no Product Purchased events.",
            "advice": "Find the call that sends them so; Segment expects a list of objects.",
        },
        {
            "finding": "list_unreadable", "severity": "warning",
            "explanation": "The value begins as a list but is no whole JSON, mostly because the column has cut it off. It is sent as text.",
            "advice": "Widen the column in the warehouse and have Segment load the rows again.",
        },
        {
            "finding": "text_cut", "severity": "warning",
            "explanation": "The longest values have exactly 512 characters, as a text column on Redshift: longer ones were cut off there.",
            "advice": "Widen the column in the warehouse, if whole values are wanted.",
        },
        {
            "finding": "session_id_found", "severity": "info",
            "explanation": "The column holds Amplitude's session id, from Segment's session plugin.",
            "advice": "Nothing: session_id_source says which of the columns is read.",
        },
        {
            "finding": "session_ids_differ", "severity": "warning", "column": "context_amplitude_session_id", "when": "actions_session <> classic_session",
            "explanation": "Both session id columns are filled, and differently. With session_id_source any the one of Amplitude (Actions) is taken.",
            "advice": "Set session_id_source to the destination whose sessions are right.",
        },
        {
            "finding": "session_id_unreadable", "severity": "warning",
            "when": "not " ~ seg2amp.regex_matches("coalesce(actions_session, classic_session)", "^(-1|[0-9]+([.]0+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}.*)$"),
            "explanation": "The session id is neither a number nor a date. The event is sent without one.",
            "advice": "Find the call that sends it so; Amplitude's session id is the moment the session began.",
        },
        {
            "finding": "session_id_elsewhere", "severity": "info",
            "explanation": "A session id that is not read: it is none of the two columns that Segment's session plugins fill.",
            "advice": "It stays a property. Amplitude's own session id must be the moment the session began.",
        },
        {
            "finding": "no_session_id", "severity": "info",
            "explanation": "No table of the schema holds a session id. " ~ no_sessions,
            "advice": "Install Segment's session plugin for Amplitude, or turn derive_sessions on.",
        },
        {
            "finding": "table_missing", "severity": "info",
            "explanation": "The schema has no such table: nobody makes that call, or Segment does not sync it.",
            "advice": "Nothing, if the call is not used.",
        },
        {
            "finding": "no_user_id_column", "severity": "info", "lacks": ["user_id"],
            "explanation": "Segment adds a column with its first value, so nobody was ever logged in here. People are known by their device alone.",
            "advice": "Call identify where people log in.",
        },
        {
            "finding": "no_anonymous_id_column", "severity": "info", "lacks": ["anonymous_id"], "calls": people,
            "explanation": "Nothing here is tied to a visitor, as is usual for servers. What was done before the login stays apart.",
            "advice": "Send the visitor's anonymousId from servers too.",
        },
        {
            "finding": "no_id_column", "severity": "warning", "lacks": ["id"],
            "explanation": "Without message ids copies cannot be told from messages that are alike, and a message is known by its content.",
            "advice": "Sync the column id.",
        },
        {
            "finding": "no_timestamp_column", "severity": "warning", "lacks": ["timestamp"],
            "explanation": "The time is told from original_timestamp and sent_at, or else is when Segment received the message, which is later than it happened.",
            "advice": "Sync the column timestamp.",
        },
        {
            "finding": "no_received_at_column", "severity": "warning", "lacks": ["received_at"],
            "explanation": "When Segment received a message is not known, so the moment of its load, or its own, takes the place.",
            "advice": "Sync the column received_at.",
        },
        {
            "finding": "no_event_text_column", "severity": "info", "lacks": ["event_text"], "calls": ["track"],
            "explanation": "Events are named as their tables are, order_completed, not as they were called, Order Completed.",
            "advice": "Sync the column event_text.",
        },
        {
            "finding": "no_name_column", "severity": "info", "lacks": ["name", "category"], "calls": ["page", "screen"],
            "explanation": "No page or screen has a name or a category: all of them have one name in Amplitude.",
            "advice": "Name the calls, or fill page_name_template from another field, such as the path.",
        },
        {
            "finding": "no_ip_column", "severity": "info", "lacks": ["context_ip"], "calls": people,
            "explanation": "Amplitude finds country and city by the address, so these will have none.",
            "advice": "Nothing for servers; client libraries send it by themselves.",
        },
        {
            "finding": "no_user_agent_column", "severity": "info", "lacks": ["context_user_agent", "context_os_name"], "calls": people,
            "explanation": "Nothing tells of the browser, the system or the device.",
            "advice": "Nothing for servers; client libraries send it by themselves.",
        },
        {
            "finding": "no_load_time", "severity": "warning", "lacks": ["uuid_ts", "loaded_at"],
            "explanation": "When a row was loaded is not known, so each build reads the whole table.",
            "advice": "Sync the column uuid_ts, or on BigQuery loaded_at.",
        },
        {
            "finding": "late_rows", "severity": "info", "column": "uuid_ts",
            "when": seg2amp.epoch_ms("loaded_at") ~ " - " ~ seg2amp.epoch_ms("received_at") ~ " > " ~ two_days,
            "explanation": "These rows were loaded more than two days after Segment received them. Builds go by the load, so none is missed.",
            "advice": "Nothing, unless all are late: then see in Segment whether the sync works.",
        },
        {
            "finding": "stale", "severity": "warning",
            "explanation": "The schema's last load is longer ago than stale_after_hours.",
            "advice": "See in Segment whether the warehouse still syncs.",
        },
        {
            "finding": "types_differ", "severity": "warning",
            "explanation": "One property has values of different types in different tables, as each table took the type of its first value. In Amplitude they are different values, and sums leave texts out.",
            "advice": "Send one type everywhere.",
        },
        {
            "finding": "numbers_differ", "severity": "info",
            "explanation": "One property is a whole number in one table and a fraction in another: where the first value was whole, the column may have lost decimals.",
            "advice": "Compare a few values with what was sent; have Segment change the column's type.",
        },
        {
            "finding": "underscore_column", "severity": "info",
            "explanation": "Segment put `_` before a property's name that was taken. It is sent under its own name again.",
            "advice": "Nothing.",
        },
        {
            "finding": "consent_found", "severity": "info" if seg2amp.setting("consent_categories") else "warning",
            "explanation": "Messages carry what their people agreed to. The setting consent_categories says which categories Amplitude needs; without it consent is not asked.",
            "advice": "Set consent_categories, if Amplitude needs consent.",
        },
        {
            "finding": "consent_missing", "severity": "warning",
            "explanation": "consent_categories is set, but no message of the schema carries consent: all are sent.",
            "advice": "See whether the source sends consent, and whether its columns are synced.",
        },
        {
            "finding": "opt_outs_unknown", "severity": "info",
            "explanation": "Warehouses do not keep a message's integrations, so a message that opted out of Amplitude is not known and is sent.",
            "advice": "Read raw JSON instead, or leave such messages out with drop_where, where opt-outs are used.",
        },
    ] -%}
    -- fmt: on
    {{ return(findings) }}
{% endmacro %}
