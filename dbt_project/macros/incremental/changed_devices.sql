{#-
    The devices whose sessions must be derived again: a device's sessions are derived as a whole, since a late event may join two of them. A
    message that changed may have been another device's before.
-#}
{% macro changed_devices(messages) -%}
    select device_id
    from {{ messages }}
    where {{ seg2amp.changed() }}
    {%- if seg2amp.last_build() is not none %}
        union
        select before.device_id
        from {{ this }} as before
        inner join {{ seg2amp.known_messages() }} as known on before.message_key = known.message_key
        where {{ seg2amp.changed(["known.change_number"]) }}
    {%- endif %}
{%- endmacro %}
