{%- set profile = seg2amp.profile() -%}
{%- set rows = [
    {
        "setting": "profile",
        "value": tojson(profile),
        "origin": "profile" if profile == "recommended" else "set by you",
        "effect": "Which set of defaults the settings have.",
        "source": "seg2amp",
    }
] -%}
{%- for name, entry in var("setting_catalogue").items() -%}
    {%- set value = seg2amp.setting(name) -%}
    {%- set default = entry.get(profile, entry.get("default")) -%}
    {%- do rows.append(
        {
            "setting": name,
            "value": tojson(value),
            "origin": "profile " ~ profile if value == default else "set by you",
            "effect": entry.effect,
            "source": entry.source,
        }
    ) -%}
{%- endfor -%}
{%- for row in rows %}
    select
        {%- for column, text in row.items() %}
            cast({{ seg2amp.quoted(text) }} as text) as {{ column }}{{ "," if not loop.last }}
        {%- endfor %}
        {{ "union all" if not loop.last }}
{%- endfor %}
