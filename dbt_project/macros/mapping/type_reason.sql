{#-
    Why a message's values cannot be mapped, joined by `; `; NULL where they can.
    One rule for every field: it holds a value, and that value is not of its kind.
-#}
{% macro type_reason() -%}
    nullif(
        concat_ws(
            '; '
            {%- for field in seg2amp.typed_fields() if field.required or seg2amp.setting("strict_types") %}
                ,
                case
                    when
                        {{ seg2amp.is_any("call_type", field.calls) }}
                        and {{ seg2amp.has_value(field.name ~ "_json") }}
                        and {{ seg2amp.is_misread(field.name, field.kind) }}
                    then '{{ field.name }} cannot be read as {{ field.kind }}'
                end
            {%- endfor %}
        ),
        ''
    )
{%- endmacro %}
