-- An exception that renames says to what; without a new name it would do nothing.
select *
from {{ ref("event_exceptions") }}
where action = 'rename' and coalesce(trim(new_name), '') = ''
