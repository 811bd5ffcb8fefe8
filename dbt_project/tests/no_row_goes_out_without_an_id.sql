-- Amplitude refuses a whole request for one row that names nobody.
select insert_id, endpoint, kind
from {{ ref("amplitude_outbox") }}
where endpoint <> 'groupidentify' and user_id is null and device_id is null
