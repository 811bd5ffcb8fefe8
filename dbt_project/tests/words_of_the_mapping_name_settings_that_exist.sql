-- Every name among the settings of audit_mapping is a setting: as many are found as there are
-- names.
with
    named as (
        select
            position,
            settings,
            length(settings) - length(replace(settings, ',', '')) + 1 as names,
            ', ' || settings || ',' as listed
        from {{ ref("audit_mapping") }}
        where settings <> ''
    )

select named.position, named.settings, named.names, count(*) as found
from named
left join
    {{ ref("audit_settings") }} as known on strpos(named.listed, ', ' || known.setting || ',') > 0
group by named.position, named.settings, named.names
having named.names <> count(known.setting)
