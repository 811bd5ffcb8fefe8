{#-
    Whether properties hold a key without a name, in words; NULL where they do not. Such a property could not be asked for; the sandbox,
    stricter than Amplitude's documents, refuses it.
-#}
{% macro empty_key_violation(properties) -%}
    case
        when {{ seg2amp.regex_matches(properties, '[{,][ ]*""[ ]*:') }}
        then '{{ properties }} hold a property without a name'
    end
{%- endmacro %}
