{%- set catalogue = var("setting_catalogue") -%}
{%- set profile = var("profile") %}
select
    cast('profile' as text) as setting,
    cast('{{ tojson(profile) }}' as text) as value,
    cast('{{ "profile" if profile == "recommended" else "set by you" }}' as text) as origin,
    cast('Which set of defaults the settings have.' as text) as effect,
    cast('seg2amp' as text) as source
{%- for name, entry in catalogue.items() %}
{%- set default = entry.get(profile, entry.get("default")) %}
{%- set value = seg2amp.setting(name) %}
union all
select
    '{{ name }}',
    '{{ tojson(value) | replace("'", "''") }}',
    '{{ "profile " ~ profile if value == default else "set by you" }}',
    '{{ entry.effect | replace("'", "''") }}',
    '{{ entry.source | replace("'", "''") }}'
{%- endfor %}
