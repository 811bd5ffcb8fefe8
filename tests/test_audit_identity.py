"""The audit of identities: what it finds in the small set, and nothing else."""

from seg2amp import api

FINDINGS = """
select finding, severity, source_relation, subject_kind, subject, other, messages,
       cast(first_seen as text) as first_seen, explanation
from amplitude.audit_identity
order by finding
"""


def test_the_small_set_has_just_the_findings_that_its_readme_tells_of(seeds_warehouse, monkeypatch):
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(seeds_warehouse))
    found = api.query(FINDINGS).to_pylist()
    explanations = {row.pop("explanation") for row in found}
    common = {"severity": "warning", "source_relation": "segment_seeds", "messages": 1}
    assert found == [
        common | row
        for row in (
            {
                "finding": "id_too_short",
                "subject_kind": "user_id",
                "subject": "u1",
                "other": None,
                "first_seen": "2026-01-12 19:06:00.08",
            },
            {
                "finding": "no_id",
                "subject_kind": "message",
                "subject": "msg-030-no-ids",
                "other": None,
                "first_seen": "2026-01-12 19:05:00.08",
            },
            {
                "finding": "user_with_several_ids",
                "subject_kind": "user_id",
                "subject": "user-dora",
                "other": "1: cust-dora",
                "first_seen": "2026-01-12 18:00:30.08",
            },
        )
    ]
    assert len(explanations) == 3
