{#-
    The plain text of a JSON scalar: a string without its quotes and escapes, a number or boolean as written.
    Most strings hold no escape, and cutting off their quotes is far cheaper than parsing them.
-#}
{% macro json_text(json) -%}
    case
        when left({{ json }}, 1) = '"' and strpos({{ json }}, chr(92)) = 0
        then substr({{ json }}, 2, length({{ json }}) - 2)
        else {{ adapter.dispatch("json_text", "seg2amp")(json) }}
    end
{%- endmacro %}

{% macro default__json_text(json) -%} json_extract_string({{ json }}, '$') {%- endmacro %}

{% macro postgres__json_text(json) -%}(cast({{ json }} as json) #>> '{}') {%- endmacro %}
