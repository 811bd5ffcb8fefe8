{#-
    Whether an event's name is one of those that a setting lists; false without a name. A name is compared as it is written, in its case;
    `*` in the list stands for any text, all else for itself.
    column: SQL text, the event's name.
-#}
{% macro event_is_listed(setting_name, column="event") -%}
    {%- set plain, patterns = [], [] -%}
    {%- for name in seg2amp.setting(setting_name) -%}
        {#- `!` stands before what LIKE would not take as itself. -#}
        {%- set literal = name | replace("!", "!!") | replace("%", "!%") | replace("_", "!_") -%}
        {%- if "*" in name -%}
            {%- do patterns.append(seg2amp.quoted(literal | replace("*", "%"))) -%}
        {%- else -%} {%- do plain.append(seg2amp.quoted(name)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set conditions = [] -%}
    {%- if plain -%}
        {%- do conditions.append(column ~ " in (" ~ plain | join(", ") ~ ")") -%}
    {%- endif -%}
    {%- for pattern in patterns -%}
        {%- do conditions.append(column ~ " like " ~ pattern ~ " escape '!'") -%}
    {%- endfor -%}
    {%- if conditions -%} coalesce({{ conditions | join(" or ") }}, false)
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}
