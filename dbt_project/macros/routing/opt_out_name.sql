{#-
    The name in a message's integrations under which it opts out of Amplitude, NULL where it does not. The first of `integration_names`
    that is a key decides: false opts out, any other value does not; without such a key All does, in any case.
    Source: Segment's spec, integrations.
-#}
{% macro opt_out_name() -%}
    {%- set cases = [] -%}
    {%- for name in seg2amp.setting("integration_names") -%}
        {%- set value, shown = seg2amp.json_leaf("integrations", [name]) | trim, seg2amp.quoted(
            name
        ) -%}
        {%- do cases.append("when " ~ value ~ " = 'false' then " ~ shown) -%}
        {%- do cases.append("when " ~ value ~ " is not null then null") -%}
    {%- endfor -%}
    {%- for name in ["All", "all", "ALL", "AlL", "ALl", "aLL", "aLl", "alL"] -%}
        {%- set value = seg2amp.json_leaf("integrations", [name]) | trim -%}
        {%- do cases.append("when " ~ value ~ " = 'false' then '" ~ name ~ "'") -%}
    {%- endfor -%}
    {%- if not seg2amp.setting("integration_names") -%} cast(null as text)
    {%- else -%}
        case
            when integrations is null or integrations not like '%false%'
            then null {{ cases | join("\n            ") }}
        end
    {%- endif -%}
{%- endmacro %}
