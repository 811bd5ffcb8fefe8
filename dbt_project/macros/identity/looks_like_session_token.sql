{#-
    Whether an id has the shape of a session's token: a JSON Web Token, or a word for sessions and tokens and then the token. A long row
    of hex digits alone proves nothing: hashes and database ids, which do not change, look the same.
-#}
{% macro looks_like_session_token(id) -%}
    (
        {{ seg2amp.regex_matches(id, "^eyJ[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.]") }}
        or
        {{
            seg2amp.regex_matches(
                "lower(" ~ id ~ ")",
                "^(sess|sessid|session|session_id|sid|phpsessid|jsessionid|jwt|tok|token|bearer)[-_:=. ]",
            )
        }}
    )
{%- endmacro %}
