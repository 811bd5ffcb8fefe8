{#-
    library: the name of the Segment library, or what `library_value` says instead; identifies always say `segment`.
    Source: Amplitude (Actions).
-#}
{% macro library() %}
    {%- set value = seg2amp.setting("library_value") -%}
    {%- set named = "'" ~ value | replace("'", "''") ~ "'" if value else "library_name" -%}
    {{
        return(
            "case when call_type in ('identify', 'group') then 'segment' else " ~ named ~ " end"
        )
    }}
{% endmacro %}
