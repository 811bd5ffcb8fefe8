"""Delivery: outbox -> lanes -> payload -> transport -> replies -> ledger."""

from seg2amp.delivery.client import Timeouts
from seg2amp.delivery.courier import Patience
from seg2amp.delivery.deletion import (
    DeletedUser,
    Deletion,
    DeletionJob,
    DeletionSettings,
    delete_users,
)
from seg2amp.delivery.load import (
    Counts,
    LoadPreview,
    LoadSettings,
    LoadSummary,
    load,
    parse_moment,
    preview_load,
)
from seg2amp.delivery.masking import mask_json, mask_text, mask_value
from seg2amp.delivery.progress import Bar, Lines, Progress, Silent, progress_for
from seg2amp.delivery.retry import Retried, retry

__all__ = [
    "Bar",
    "Counts",
    "DeletedUser",
    "Deletion",
    "DeletionJob",
    "DeletionSettings",
    "Lines",
    "LoadPreview",
    "LoadSettings",
    "LoadSummary",
    "Patience",
    "Progress",
    "Retried",
    "Silent",
    "Timeouts",
    "delete_users",
    "load",
    "mask_json",
    "mask_text",
    "mask_value",
    "parse_moment",
    "preview_load",
    "progress_for",
    "retry",
]
