{#-
    The operations on user properties that a message may ask for, beside those its traits hold: {operation: its name in columns}. Those that
    no setting asks for are left out.
-#}
{% macro user_property_operations() %}
    {%- set operations = {"$set": "set", "$setOnce": "set_once", "$add": "add"} -%}
    {%- for name in ["append", "prepend", "unset"] if seg2amp.setting("traits_to_" ~ name) -%}
        {%- do operations.update({"$" ~ name: name}) -%}
    {%- endfor -%}
    {{ return(operations) }}
{% endmacro %}
