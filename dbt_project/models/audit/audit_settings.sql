{%- set profile = seg2amp.profile() -%}
{%- set begins = {} -%}
{%- for section, first in var("setting_sections").items() -%}
    {%- do begins.update({first: section}) -%}
{%- endfor -%}
{%- set current = namespace(section="profile") -%}
{%- set rows = [
    {
        "position": 1,
        "section": current.section,
        "setting": "profile",
        "type": "text",
        "allowed": "actions, classic, recommended",
        "value": tojson(profile),
        "origin": "profile" if profile == "recommended" else "set by you",
        "effect": "Which set of defaults the settings have.",
        "source": "seg2amp",
    }
] -%}
{%- for name, entry in var("setting_catalogue").items() -%}
    {%- set value = seg2amp.setting(name) -%}
    {%- set default = entry.get(profile, entry.get("default")) -%}
    {%- set current.section = begins.get(name, current.section) -%}
    {%- set allowed = none -%}
    {%- if entry.allowed -%}
        {%- set values = [] -%}
        {%- for word in entry.allowed -%}
            {%- do values.append(word if word is string else tojson(word)) -%}
        {%- endfor -%}
        {%- set allowed = values | join(", ") -%}
    {%- elif entry.minimum is defined -%} {%- set allowed = entry.minimum ~ " or more" -%}
    {%- elif entry.fields -%} {%- set allowed = "for " ~ entry.fields | join(", ") -%}
    {%- elif entry.choices -%} {%- set allowed = "each one of " ~ entry.choices | join(", ") -%}
    {%- endif -%}
    {%- do rows.append(
        {
            "position": loop.index + 1,
            "section": current.section,
            "setting": name,
            "type": entry.type,
            "allowed": allowed,
            "value": tojson(value),
            "origin": "profile " ~ profile if value == default else "set by you",
            "effect": entry.effect,
            "source": entry.source,
        }
    ) -%}
{%- endfor -%}
{{ seg2amp.literal_rows(rows) }}
