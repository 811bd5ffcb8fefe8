{#-
    md5 of what a warehouse row says: all fields of its message but those that only a setting names, so that the key of a message without an
    id depends on no setting.
-#}
{% macro content_hash() -%}
    md5(
        concat_ws(
            '|'
            {%- for field in seg2amp.message_fields() if not field.by_setting %}
                , '{{ field.name }}:' || {{ field.name }}_json
            {%- endfor %}
        )
    )
{%- endmacro %}
