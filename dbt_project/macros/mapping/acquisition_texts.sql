{#-
    What brought the person here, as SQL texts: {user property: text}. The referrer and its domain, the five UTM parameters and the
    Google click id, as far as the settings ask for them. The domain is what stands between the second and third slash.
    Source: both destinations; referring_domain and gclid: Amplitude (Classic), analytics.js.
-#}
{% macro acquisition_texts() %}
    {%- set texts = {} -%}
    {%- if seg2amp.setting("track_referrer") -%}
        {%- do texts.update({"referrer": seg2amp._referrer()}) -%}
        {%- if seg2amp.setting("track_referring_domain") -%}
            {%- set domain = "nullif(split_part(" ~ seg2amp._referrer() ~ ", '/', 3), '')" -%}
            {%- do texts.update({"referring_domain": domain}) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if seg2amp.setting("track_utm_properties") -%}
        {%- for name in ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] -%}
            {%- do texts.update(
                {
                    name: (
                        name
                        if seg2amp.setting("keep_empty_text")
                        else "nullif(" ~ name ~ ", '')"
                    )
                }
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if seg2amp.setting("track_gclid") -%}
        {%- do texts.update(
            {
                "gclid": seg2amp.regex_group(
                    "coalesce(page_search, page_url)", "[?&]gclid=([^&#]+)", 1
                )
            }
        ) -%}
    {%- endif -%}
    {{ return(texts) }}
{% endmacro %}

{% macro _referrer() -%}
    {%- if seg2amp.setting("referrer_calls") == "page" -%}
        case when call_type = 'page' then nullif(referrer, '') end
    {%- elif not seg2amp.setting("keep_empty_text") -%} nullif(referrer, '')
    {%- else -%} case when {{ seg2amp.follows_v1() }} then nullif(referrer, '') else referrer end
    {%- endif -%}
{%- endmacro %}
