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
        {%- for finding in seg2amp.identity_findings() %}
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
