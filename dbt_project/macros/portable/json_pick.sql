{#-
    The members of a JSON object whose key begins with `$` (operations) or does not (plain), as a JSON object.
    which: 'operations' or 'plain'.
-#}
{% macro json_pick(json, which) -%}
    {{
        seg2amp.json_where(
            json, "left(key, 1) " ~ {"operations": "=", "plain": "<>"}[which] ~ " '$'"
        )
    }}
{%- endmacro %}
