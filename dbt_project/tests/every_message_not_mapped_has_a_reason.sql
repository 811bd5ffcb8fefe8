-- Whoever asks why a message is not in Amplitude gets an answer.
select message_key, outcome, rule_id
from {{ ref("int_messages_routed") }}
where (outcome = 'mapped') <> (reason is null)
