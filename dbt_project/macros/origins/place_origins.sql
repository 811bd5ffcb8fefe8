{#- country, region, city and language. -#}
{% macro place_origins() %}
    {%- set path = seg2amp.field_path -%}
    {%- set names = seg2amp.setting("locale_names") -%}
    {%- set searched = seg2amp.setting("place_from_traits") -%}
    {%- set columns = [path("context_traits"), path("traits"), path("properties")] -%}
    {%- set origins = {} -%}
    {%- for name in ["country", "region", "city"] -%}
        {%- set found = (
            [
                "`address." ~ name ~ "` or `" ~ name ~ "` in " ~ columns
                | join(", else in ")
            ]
            if searched
            else []
        ) -%}
        {%- set of_locale = [path("language")] if names and name == "country" else [] -%}
        {%- do origins.update(
            {
                name: [
                    seg2amp.origin(
                        [path(name)] + found + of_locale,
                        "The English name of the locale's country." if of_locale else "",
                        ["place_from_traits"]
                        + (["locale_names"] if name == "country" else []),
                    )
                ]
            }
        ) -%}
    {%- endfor -%}
    {%- do origins.update(
        {
            "language": [
                seg2amp.origin(
                    [path("language")],
                    "The English name of the locale's language." if names else "",
                    ["locale_names"],
                )
            ]
        }
    ) -%}
    {{ return(origins) }}
{% endmacro %}
