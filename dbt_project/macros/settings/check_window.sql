{#- Stops the build where the window of messages to read has no bounds that are moments, or no time in it. -#}
{% macro check_window() %}
    {%- set bounds = [] -%}
    {%- set moment = "\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d([.]\\d{1,6})?)?)?Z?" -%}
    {%- for name in ["read_since", "read_until"] if seg2amp.setting(name) -%}
        {%- set value = seg2amp.setting(name) -%}
        {%- if not modules.re.fullmatch(moment, value) -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "` ("
                    ~ tojson(value)
                    ~ ") is no moment in UTC; write it like 2024-05-31 or 2024-05-31T12:00:00Z."
                )
            }}
        {%- endif -%}
        {%- do bounds.append(value | replace("T", " ")) -%}
    {%- endfor -%}
    {%- if bounds | length == 2 and bounds[0].rstrip("Z") >= bounds[1].rstrip("Z") -%}
        {{
            exceptions.raise_compiler_error(
                "Settings `read_since` and `read_until` leave no time between them."
            )
        }}
    {%- endif -%}
{% endmacro %}
