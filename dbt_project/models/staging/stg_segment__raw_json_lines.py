"""The lines of the raw JSON files that must be read now, each with its number."""


def model(dbt, session):
    from seg2amp.transform.raw_lines import RawFile, read_lines

    dbt.config(materialized="table")
    files = dbt.ref("stg_segment__raw_json_files").filter("to_read").order("file")
    found = files.project("file, json_column, read_in").fetchall()
    return read_lines([RawFile(*file) for file in found], session.cursor())
