{%- set one_each = seg2amp.setting("page_emit") == "one" -%}
{%- set sessions = ref("int_sessions_derived") -%}
{%- set derives = seg2amp.setting("derive_sessions") -%}
{%- set letters = {"named": "", "categorized": "-c", "all": "-a"} -%}
with
    messages as ({{ seg2amp.sent_messages("'track', 'page', 'screen'") }}),

    described as ({{ seg2amp.described("messages") }}),

    titled as (
        select
            described.*,
            {{ "nullif(trim(name), '')" if one_each else "nullif(name, '')" }} as page_name,
            {{ "nullif(trim(category), '')" if one_each else "nullif(category, '')" }}
            as page_category,
            case call_type when 'page' then 'Page' else 'Screen' end as page_word,
            case
                call_type when 'page' then 'Loaded a Page' else 'Loaded a Screen'
            end as unnamed_page,
            {%- if derives %}
                coalesce(derived.change_number, 0) as session_change_number,
                derived.session_id as derived_session_id,
            {%- else %} 0 as session_change_number,
            {%- endif %}
            {%- if seg2amp.setting("session_id_unit") == "auto" %}
                -- A session id that is no moment would tie the event to a session that nobody had.
                case
                    when
                        session_sent_ms = -1
                        or session_sent_ms between 978307200000 and latest_credible_ms
                    then session_sent_ms
                end as session_started_at_ms
            {%- else %} session_sent_ms as session_started_at_ms
            {%- endif %}
        from described
        {%- if derives %}
            left join {{ sessions }} as derived on described.message_key = derived.message_key
        {%- endif %}
    ),

    named as (
        {%- if one_each %}
            select
                *,
                case
                    when call_type = 'track' then event else {{ seg2amp.templated_name() }}
                end as event_type,
                '' as insert_id_suffix,
                rule_id as row_rule_id
            from titled
        {%- else %}
            select *, event as event_type, '' as insert_id_suffix, rule_id as row_rule_id
            from titled
            where call_type = 'track'
            {%- for kind in letters if seg2amp.page_kind_tracked(kind) != "false" %}
                union all
                select
                    *,
                    {{ seg2amp.page_kind_name(kind) }} as event_type,
                    '{{ letters[kind] }}' as insert_id_suffix,
                    rule_id || '_{{ kind }}' as row_rule_id
                from titled
                where call_type in ('page', 'screen') and {{ seg2amp.page_kind_tracked(kind) }}
            {%- endfor %}
        {%- endif %}
    )

select
    *,
    coalesce(
        session_started_at_ms
        {{- ", derived_session_id" if derives }}
        {{- ", -1" if seg2amp.setting("session_id_when_missing") == "minus_one" }}
        {{- ", null" }}
    ) as session_id
from named
