{#- A field of an identify, SQL of JSON text, for the rows alone that go among the events: the Identify API does not know it. -#}
{% macro only_in_stream(json) -%}
    {%- if seg2amp.setting("identify_endpoint") == "stream" -%} {{ json }}
    {%- else -%} case when endpoint <> 'identify' then {{ json }} end
    {%- endif -%}
{%- endmacro %}
