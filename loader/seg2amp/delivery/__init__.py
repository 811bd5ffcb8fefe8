"""Delivery: outbox -> lanes -> payload -> transport -> replies -> ledger."""

from seg2amp.delivery.client import Timeouts
from seg2amp.delivery.deletion import (
    DeletedUser,
    Deletion,
    DeletionJob,
    DeletionSettings,
    delete_users,
)
from seg2amp.delivery.entries import RunOutcome
from seg2amp.delivery.ledger import new_run_id
from seg2amp.delivery.load import Ended, load
from seg2amp.delivery.masking import mask_json, mask_text, mask_value
from seg2amp.delivery.patience import Patience
from seg2amp.delivery.preview import LoadPreview, preview_load
from seg2amp.delivery.progress import Bar, Events, Lines, Progress, Silent, progress_for
from seg2amp.delivery.retry import Retried, retry
from seg2amp.delivery.settings import LoadSettings, parse_moment
from seg2amp.delivery.summary import Counts, LoadSummary
from seg2amp.delivery.transport import check_sending

__all__ = [
    "Bar",
    "Counts",
    "DeletedUser",
    "Deletion",
    "DeletionJob",
    "DeletionSettings",
    "Ended",
    "Events",
    "Lines",
    "LoadPreview",
    "LoadSettings",
    "LoadSummary",
    "Patience",
    "Progress",
    "Retried",
    "RunOutcome",
    "Silent",
    "Timeouts",
    "check_sending",
    "delete_users",
    "load",
    "mask_json",
    "mask_text",
    "mask_value",
    "new_run_id",
    "parse_moment",
    "preview_load",
    "progress_for",
    "retry",
]
