{%- set sessions = ref("int_sessions_derived") -%}
select
    routed.*,
    {{ "coalesce(derived.change_number, 0)" if seg2amp.setting("derive_sessions") else "0" }}
    as session_change_number,
    {{ "derived.session_id" if seg2amp.setting("derive_sessions") else "cast(null as bigint)" }}
    as derived_session_id
from {{ ref("int_messages_routed") }} as routed
{%- if seg2amp.setting("derive_sessions") %}
    left join {{ sessions }} as derived on routed.message_key = derived.message_key
{%- endif %}
