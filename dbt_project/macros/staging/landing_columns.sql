{#-
    What staging knows of a raw row beside its message, {name: type}:
      loaded_at   when the source loaded it
      is_foreign  whether its event has a table of another name
      row_id      md5 of where it stands, what it holds and when it was loaded; the last of several that are alike is counted too
      landed_in   the build that took it in
-#}
{% macro landing_columns() %}
    -- fmt: off
    {{ return({"loaded_at": "timestamp", "is_foreign": "boolean", "row_id": "text", "landed_in": "bigint"}) }}
    -- fmt: on
{% endmacro %}
