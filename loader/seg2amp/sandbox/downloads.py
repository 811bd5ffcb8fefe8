"""Downloads of cohorts: how far each is, and the links to its file, which live for a minute."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.values import JsonObject

# How long a download takes is not documented.
WORK = 3_000
DAYS = 7 * 86_400_000
MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Download:
    """The file of one cohort, as its members were when it was asked for."""

    request_id: str
    cohort_id: str
    project: str
    begun: int
    file: bytes

    def is_done(self, now: int) -> bool:
        """Tell whether the file is there."""
        return now >= self.begun + WORK

    def as_json(self) -> JsonObject:
        """Name the download as the API does."""
        return {"request_id": self.request_id, "cohort_id": self.cohort_id}


class Downloads:
    """Every download and every link, of all projects; times are epoch milliseconds, UTC."""

    def __init__(self) -> None:
        """Start with none."""
        self._downloads: dict[str, Download] = {}
        self._links: dict[str, tuple[Download, int]] = {}

    def begin(self, cohort_id: str, project: str, file: bytes, now: int) -> Download:
        """Begin a download."""
        request_id = f"request{len(self._downloads) + 1}"
        download = Download(request_id, cohort_id, project, now, file)
        self._downloads[request_id] = download
        return download

    def in_progress(self, project: str, now: int) -> Iterator[Download]:
        """Give the project's downloads that are not done."""
        for download in self._downloads.values():
            if download.project == project and not download.is_done(now):
                yield download

    def find(self, project: str, request_id: str, now: int) -> Download:
        """Give a download of the last 7 days; raises `Refusal`."""
        download = self._downloads.get(request_id)
        if download is None or download.project != project or now >= download.begun + DAYS:
            raise Refusal(404, "Not found", catalogue.UNKNOWN_DOWNLOAD)
        return download

    def link(self, download: Download, now: int) -> str:
        """Give the token of a new link to the file."""
        token = secrets.token_urlsafe(16)
        self._links[token] = (download, now + MINUTE)
        return token

    def file(self, token: str, now: int) -> bytes:
        """Give the file behind a link; raises `Refusal`."""
        download, end = self._links.get(token, (None, 0))
        if download is None or now >= end:
            raise Refusal(403, "Request has expired", catalogue.LINK_EXPIRED)
        return download.file
