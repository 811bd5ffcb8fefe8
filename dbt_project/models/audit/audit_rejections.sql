select
    insert_id,
    message_key,
    message_id,
    rule_id,
    row_index,
    source_relation,
    source_table,
    endpoint,
    kind,
    user_id,
    device_id,
    event_time,
    rejection_reason,
    payload
from {{ ref("amplitude_rows") }}
where rejection_reason is not null
