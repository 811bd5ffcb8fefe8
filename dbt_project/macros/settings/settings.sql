{#- The value of a setting: what the user set, else its default in the profile. -#}
{% macro setting(name) %}
    {%- set known = seg2amp.memory().setdefault("settings", {}) -%}
    {%- if name not in known -%}
        {%- set entry = var("setting_catalogue")[name] -%}
        {%- set defaults = [entry.get(seg2amp.profile(), entry.get("default"))] -%}
        {#- The seeds play raw tables only where nothing else is to be read. -#}
        {%- for door in entry.get("empty_beside", []) if seg2amp.given_setting(door, none) -%}
            {%- do defaults.append([]) -%}
        {%- endfor -%}
        {%- set value = seg2amp.given_setting(name, defaults | last) -%}
        {%- if entry.one_is_a_list and value is string -%}
            {%- set value = [value] if value else [] -%}
        {%- endif -%}
        {%- do seg2amp.check_value(name, entry, value) -%}
        {%- do known.update({name: value}) -%}
    {%- endif -%}
    {{ return(known[name]) }}
{% endmacro %}

{#-
    What the user set, else a default. A unit test names the settings it is about in `settings_under_test` and has the defaults of its profile
    for all others, so that it holds whatever the user set.
    dbt renders a var as a template of its own, which would empty the placeholders of ours: those come from the command line as written.
-#}
{% macro given_setting(name, default) %}
    {%- set under_test = var("settings_under_test", none) -%}
    {%- set written = (invocation_args_dict.get("vars") or {}).get(name) -%}
    {%- if under_test is not none -%} {{ return(under_test.get(name, default)) }}
    {%- elif written is string and "{{" in written -%}
        {{ return(written | replace("{% raw %}", "") | replace("{% endraw %}", "")) }}
    {%- else -%} {{ return(var(name, default)) }}
    {%- endif -%}
{% endmacro %}

{#- The profile, which is the set of defaults the settings have. -#}
{% macro profile() %}
    {%- set profile = seg2amp.given_setting("profile", "recommended") -%}
    {%- if profile not in ["actions", "classic", "recommended"] -%}
        {{
            exceptions.raise_compiler_error(
                "Profile `"
                ~ profile
                ~ "` is unknown; there are actions, classic and recommended."
            )
        }}
    {%- endif -%}
    {{ return(profile) }}
{% endmacro %}

{#- The paths in a message that settings name, each once: {path: the setting that names it}. -#}
{% macro setting_paths() %}
    {%- set paths = {} -%}
    {%- for name in [
        "user_properties_set",
        "user_properties_set_once",
        "user_properties_add",
        "mapped_fields",
    ] -%}
        {%- for path in seg2amp.setting(name).values() if path is string -%}
            {%- do paths.update({path: name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name in ["only_where", "drop_where", "append_fields_to_event_props"] -%}
        {%- for path in seg2amp.setting(name) -%}
            {%- do paths.update({path: name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name in ["page_name_template", "screen_name_template"] -%}
        {%- for path in seg2amp.placeholders(seg2amp.setting(name)) -%}
            {%- do paths.update({path: name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(paths) }}
{% endmacro %}

{#-
    A dictionary that all models of one run share, for what is the same for each and costs time to make. Unit tests share one with those that have
    the same settings. `graph` is the one object of dbt's that lives as long as a run.
-#}
{% macro memory() %}
    {%- if not execute -%} {{ return({}) }}{%- endif -%}
    {%- set runs = graph.setdefault("seg2amp_memory", {}) -%}
    {%- set settings = tojson(var("settings_under_test", none)) -%}
    {{ return(runs.setdefault(invocation_id ~ settings, {})) }}
{% endmacro %}
