{#-
    What the audit of identities looks for: {finding, from, kind, when, other, messages, severity, explanation}.
    from: users, devices, aliases or nameless, the relations of `audit_identity`; kind: what the subject is; other, messages and severity
    (warning where it is left out) in SQL; explanation: what it means in Amplitude, and what to do.
-#}
{%- set too_short = "Amplitude refuses rows with this id. Send a longer one, or lower min_id_length where ids really are that short." -%}
{%- set reserved = "Amplitude takes this word for no id and refuses the row. Mostly a missing value became text on its way: leave the id out instead." -%}
{#-
    A JSON Web Token, or a word for sessions and tokens and then the token. A long row of hex digits alone proves nothing: hashes and database
    ids, which do not change, look the same.
-#}
{%- set is_jwt = seg2amp.regex_matches("user_id", "^eyJ[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.]") -%}
{%- set is_session_token = (
    "("
    ~ is_jwt
    ~ " or "
    ~ seg2amp.regex_matches(
        "lower(user_id)",
        "^(sess|sessid|session|session_id|sid|phpsessid|jsessionid|jwt|tok|token|bearer)[-_:=. ]",
    )
    ~ ")"
) -%}
{%- set findings = [
    {
        "finding": "user_with_several_ids",
        "from": "aliases",
        "kind": "user_id",
        "when": "true",
        "other": "other_user_ids",
        "severity": "case when by_email > 0 or not " ~ seg2amp.setting("send_alias")
        | lower ~ " then 'warning' else 'info' end",
        "explanation": "One person goes by several user ids: an alias call or an email in common says so. Amplitude never merges two user ids by itself. Keep one permanent id for a person; where the ids come from aliases, send those (send_alias).",
    },
    {
        "finding": "device_with_several_users",
        "from": "devices",
        "kind": "device_id",
        "when": "user_ids is not null",
        "other": "user_ids",
        "explanation": "Several user ids were seen on one device, and Amplitude gives its anonymous events to the last of them. Call reset() at logout and see that a person's user id never changes; where people share a phone, prefer_anonymous_id_for_device_id keeps them apart.",
    },
    {
        "finding": "identify_without_anonymous_id",
        "from": "users",
        "kind": "user_id",
        "when": "identifies_without_anonymous_id > 0",
        "other": "cast(devices as text)",
        "messages": "identifies_without_anonymous_id",
        "severity": "case when devices = 0 then 'warning' else 'info' end",
        "explanation": "An identify without an anonymousId names the user but not the visitor, so it joins nothing that was done before the login. Send the visitor's anonymousId along, from servers too. It is only information where another call ties the user to a device.",
    },
    {
        "finding": "user_id_is_email",
        "from": "users",
        "kind": "user_id",
        "when": seg2amp.is_email("user_id"),
        "explanation": "An email can change, and the person then begins again as a new user. Use a permanent id of your own, and send the email as a trait.",
    },
    {
        "finding": "user_id_looks_like_session_token",
        "from": "users",
        "kind": "user_id",
        "when": "(is_fleeting or " ~ is_session_token ~ ")",
        "severity": "case when " ~ is_session_token ~ " then 'warning' else 'info' end",
        "explanation": "A user id that ends with the session makes a new user of every visit: this one is shaped like a session's token, or lived for minutes on a device with others like it. Use a permanent id of your own.",
    },
    {
        "finding": "identify_too_late",
        "from": "devices",
        "kind": "device_id",
        "when": "late_events > 0",
        "other": "late_user_id",
        "messages": "late_events",
        "severity": "case when certainly_late_events > 0 then 'warning' else 'info' end",
        "explanation": "The login came before the identify, so these events lack the user's properties or even the user id. Call identify directly after the login, before the next event. It is only information where the device was never anonymous in this data: an earlier identify may lie before its beginning.",
    },
    {
        "finding": "identify_too_early",
        "from": "devices",
        "kind": "device_id",
        "when": "early_events > 0",
        "other": "identified_user_id",
        "messages": "early_events",
        "explanation": "After the identify the device went on without a user id: identify was called before the login was done, or by a server that knows more than the app. Call identify in the app itself, directly after the login.",
    },
    {
        "finding": "user_id_is_placeholder",
        "from": "users",
        "kind": "user_id",
        "when": seg2amp.id_is_placeholder("user_id"),
        "explanation": "This word stands for nobody, but Amplitude takes it for one person, who is then everybody it was given to. Leave the userId out where nobody is logged in.",
    },
    {
        "finding": "id_too_short",
        "from": "users",
        "kind": "user_id",
        "when": seg2amp.id_is_too_short("user_id")
        ~ " and not "
        ~ seg2amp.id_is_reserved("user_id"),
        "explanation": too_short,
    },
    {
        "finding": "id_too_short",
        "from": "devices",
        "kind": "device_id",
        "when": seg2amp.id_is_too_short("device_id")
        ~ " and not "
        ~ seg2amp.id_is_reserved("device_id"),
        "explanation": too_short,
    },
    {
        "finding": "id_reserved",
        "from": "users",
        "kind": "user_id",
        "when": seg2amp.id_is_reserved("user_id"),
        "explanation": reserved,
    },
    {
        "finding": "id_reserved",
        "from": "devices",
        "kind": "device_id",
        "when": seg2amp.id_is_reserved("device_id"),
        "explanation": reserved,
    },
    {
        "finding": "no_id",
        "from": "nameless",
        "kind": "message",
        "when": "true",
        "explanation": "Amplitude refuses a row with neither user_id nor device_id. Send the anonymousId or the userId with every call.",
    },
] -%}
with
    users as (select * from {{ ref("int_identity_users") }}),

    devices as (select * from {{ ref("int_identity_devices") }}),

    aliases as (select * from {{ ref("int_identity_aliases") }}),

    nameless as (
        select
            source_relation,
            message_key as message,
            1 as messages,
            seen_ms as first_seen,
            seen_ms as last_seen
        from {{ ref("int_messages_routed") }}
        where
            outcome = 'mapped'
            and call_type in ('track', 'page', 'screen', 'identify')
            and coalesce(user_id, device_id) is null
    ),

    findings as (
        {%- for finding in findings %}
            select
                '{{ finding.finding }}' as finding,
                {{ finding.severity or "'warning'" }} as severity,
                source_relation,
                '{{ finding.kind }}' as subject_kind,
                {{ finding.kind }} as subject,
                {{ finding.other or "cast(null as text)" }} as other,
                cast({{ finding.messages or "messages" }} as bigint) as messages,
                first_seen,
                last_seen,
                {{ seg2amp.quoted(finding.explanation) }} as explanation
            from {{ finding.from }}
            where {{ finding.when }} {{ "union all" if not loop.last }}
        {%- endfor %}
    )

select
    finding,
    severity,
    source_relation,
    subject_kind,
    subject,
    other,
    messages,
    {{ seg2amp.epoch_timestamp("first_seen") }} as first_seen,
    {{ seg2amp.epoch_timestamp("last_seen") }} as last_seen,
    explanation
from findings
