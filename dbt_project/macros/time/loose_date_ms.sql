{#-
    Date text in one of the looser forms as epoch milliseconds, UTC; NULL where it is none:
      2024-03-05 10:20:30.456  no zone means UTC; `/` may part the date; time, minutes and seconds may be missing
      2024-03-05T10:20:30-05:00, … -05, … Z, … UTC, … GMT
      Tue, 05 Mar 2024 10:20:30 GMT
    rolling: without a zone the digits of a fraction are milliseconds, however few.
    Source: dayjs.utc and the date parser of JavaScript, which Amplitude (Actions) uses; a zone of two digits is how PostgreSQL writes it.
-#}
{% macro loose_date_ms(text, rolling) -%}
    {%- set zoneless = "^([0-9]{4})[-/]?([0-9]{1,2})?[-/]?([0-9]{0,2})[Tt ]*([0-9]{1,2})?:?([0-9]{1,2})?:?([0-9]{1,2})?[.:]?([0-9]+)?$" -%}
    {%- set zoned = "^([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[Tt ]([0-9]{1,2}):([0-9]{2}):?([0-9]{2})?([.][0-9]+)? ?(Z|z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?)$" -%}
    {%- set mail = "^([A-Za-z]{3}, )?([0-9]{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) (GMT|UTC|Z|[+-][0-9]{4})$" -%}
    {%- set fraction = "left(coalesce(" ~ seg2amp.regex_group(text, zoneless, 7) ~ ", '0'), 3)" -%}
    case
        when {{ seg2amp.regex_matches(text, zoneless) }}
        then
            {{ seg2amp.date_parts_ms(text, zoneless, [1, 2, 3, 4, 5, 6], rolling) }} + cast(
                {%- if rolling %}{{ fraction }}
                {%- else %}rpad({{ fraction }}, 3, '0')
                {%- endif %} as bigint
            )
        when {{ seg2amp.regex_matches(text, zoned) }}
        then
            {{ seg2amp.date_parts_ms(text, zoned, [1, 2, 3, 4, 5, 6], rolling) }} + cast(
                rpad(
                    substr(coalesce({{ seg2amp.regex_group(text, zoned, 7) }}, '.0'), 2, 3), 3, '0'
                ) as bigint
            )
            - {{ seg2amp.zone_ms(seg2amp.regex_group(text, zoned, 8)) }}
        when {{ seg2amp.regex_matches(text, mail) }}
        then
            {{ seg2amp.date_parts_ms(text, mail, [4, 3, 2, 5, 6, 7], rolling, named_month=true) }}
            - {{ seg2amp.zone_ms(seg2amp.regex_group(text, mail, 8)) }}
    end
{%- endmacro %}
