{#-
    Whether user properties may be sent twice and leave what one time leaves: plain ones and those of $set, $setOnce and $unset. Where the name
    of another operation stands anywhere in the text, the answer is no.
-#}
{% macro can_be_repeated(user_properties) -%}
    (
        {%- for name in [
            "add",
            "append",
            "prepend",
            "preInsert",
            "postInsert",
            "remove",
            "clearAll",
        ] %}
            {{ user_properties }} not like '%"${{ name }}"%' and
        {%- endfor %}
        -- A dollar sign in disguise.
        {{ user_properties }} not like '%u0024%'
    )
{%- endmacro %}
