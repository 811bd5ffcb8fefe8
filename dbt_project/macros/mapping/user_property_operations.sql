{#-
    The operations on user properties that a message may ask for, beside those its traits hold: {operation: column of its JSON object}.
    Those that no setting asks for are left out.
-#}
{% macro user_property_operations() %}
    {%- set operations = {"$set": "set_json", "$setOnce": "set_once_json", "$add": "add_json"} -%}
    {%- for operation in ["append", "prepend", "unset"] if seg2amp.setting("traits_to_" ~ operation) -%}
        {%- do operations.update({"$" ~ operation: operation ~ "_json"}) -%}
    {%- endfor -%}
    {{ return(operations) }}
{% endmacro %}
