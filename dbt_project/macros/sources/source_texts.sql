{#-
    The names of a raw table's columns of plain text whose values may be long enough for the warehouse to cut them off: properties, traits,
    and those of the context that hold addresses and user agents.
-#}
{% macro source_texts(table) %}
    {%- set long = (
        "context_traits_",
        "context_page_url",
        "context_page_search",
        "context_page_referrer",
        "context_user_agent",
    ) -%}
    {%- set names = [] -%}
    {%- for name, type in table.columns.items() -%}
        {%- set is_own = (
            not name.startswith("context_") and name not in seg2amp.common_columns()
        ) -%}
        {%- if (is_own or name.startswith(long)) and seg2amp.type_kind(type) == "text" -%}
            {%- do names.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
