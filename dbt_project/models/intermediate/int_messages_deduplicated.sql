select messages.*, known.change_number
from {{ ref("int_messages_known") }} as known
inner join
    {{ ref("stg_segment__messages") }} as messages
    on known.row_id = messages.row_id
    and known.landed_in = messages.landed_in
