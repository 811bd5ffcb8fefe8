{#-
    What brought the person here, as SQL texts: {user property: text}. The referrer and its domain, the five UTM parameters and the Google click id;
    NULL for what the settings do not ask for. The domain is what stands between the second and third slash.
    Source: both destinations; referring_domain and gclid: Amplitude (Classic), analytics.js.
-#}
{% macro acquired() %}
    {%- set keeps = seg2amp.setting("keep_empty_text") -%}
    {%- set none_asked = "cast(null as text)" -%}
    {%- set referrer = "nullif(referrer, '')" -%}
    {%- if seg2amp.setting("referrer_calls") == "page" -%}
        {%- set referrer = "case when call_type = 'page' then " ~ referrer ~ " end" -%}
    {%- elif keeps -%}
        {%- set referrer = (
            "case when "
            ~ seg2amp.follows_v1()
            ~ " then "
            ~ referrer
            ~ " else referrer end"
        ) -%}
    {%- endif -%}
    {%- set asked = seg2amp.setting("track_referrer") -%}
    {%- set domain = "nullif(split_part(" ~ referrer ~ ", '/', 3), '')" -%}
    {%- set texts = {
        "referrer": referrer if asked else none_asked,
        "referring_domain": (
            domain
            if asked and seg2amp.setting("track_referring_domain")
            else none_asked
        ),
    } -%}
    {%- for name in ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] -%}
        {%- set text = name if keeps else "nullif(" ~ name ~ ", '')" -%}
        {%- do texts.update(
            {name: text if seg2amp.setting("track_utm_properties") else none_asked}
        ) -%}
    {%- endfor -%}
    {%- set gclid = seg2amp.regex_group(
        "coalesce(page_search, page_url)", "[?&]gclid=([^&#]+)", 1
    ) -%}
    {%- do texts.update({"gclid": gclid if seg2amp.setting("track_gclid") else none_asked}) -%}
    {{ return(texts) }}
{% endmacro %}
