-- Invariant: nothing is lost between raw rows, messages, rows and deliveries.
select * from {{ ref("audit_reconciliation") }} where coalesce(left_side <> right_side, true)
