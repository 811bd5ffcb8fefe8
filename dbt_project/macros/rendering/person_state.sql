{#-
    A mark of the user properties that Amplitude holds of a person once a row has come: where two rows of a person follow one another with the same
    mark, the second changes nothing. NULL for a row that leaves them alone. Properties that can be repeated have a mark of who they are
    for and what they say; any other row that may change them has one of its own. Those are: operations such as $add; the first row of
    a user on a device, with which Amplitude joins the device's anonymous past to the user; and all rows of users in `int_users_entangled`.
-#}
{% macro person_state() -%}
    case
        when kind not in ('event', 'identify')
        then null
        when {{ seg2amp.tells_of_person() }}
        then
            case
                when not is_entangled and {{ seg2amp.can_be_repeated("user_properties") }}
                then {{ seg2amp.state_said() }}
                else md5(insert_id)
            end
        when joins_device
        then md5(insert_id)
    end
{%- endmacro %}
