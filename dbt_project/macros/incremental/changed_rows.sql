{#-
    Condition: the rows of messages that changed since the model was built last; all where it must map everything anew.
    columns: those that hold the number of a change.
-#}
{% macro changed(columns=["change_number"]) -%}
    {%- set last = seg2amp.last_build() -%}
    {%- if last is none -%} 1 = 1
    {%- else -%} ({{ columns | join(" > " ~ last ~ " or ") }} > {{ last }})
    {%- endif -%}
{%- endmacro %}

{#-
    Condition: the rows of staging in which changed messages stand can only be those landed from some build on. It says no more than `changed`
    does, but in a form in which an engine finds them without reading all of staging.
-#}
{% macro changed_landings() -%}
    {%- if seg2amp.last_build() is none -%} 1 = 1
    {%- else -%}
        {%- set query -%}
            select min(landed_in) from {{ seg2amp.table_of("int_messages_known") }} where {{ seg2amp.changed() }}
        {%- endset -%}
        {%- set first = run_query(query)[0][0] -%}
        {{ "landed_in >= " ~ first if first else "1 = 0" }}
    {%- endif -%}
{%- endmacro %}

{#-
    Whether a model of messages gives no row at all, since no message has come or changed: then it need not be planned, which for a small build costs
    more than its rows. What messages that are gone gave before, the strategy `by_message` takes out.
-#}
{% macro nothing_is_changed() %}
    {{ return(seg2amp.last_build() is not none and seg2amp.changed_landings() | trim == "1 = 0") }}
{% endmacro %}
