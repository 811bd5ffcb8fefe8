"""One shop's story, told to a collector by each of Segment's own libraries."""

import os
import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from segment.analytics.client import Client
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from segment_collector import Collector

PYTHON, NODE, BROWSER = "python", "node", "browser"
# A source's write key is its name here, as its project id is.
SOURCES = {client: f"project-of-{client}" for client in (PYTHON, NODE, BROWSER)}

SCRIPTS = Path(__file__).with_name("clients")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
SECONDS_TO_TELL = 120


def missing(client: str) -> str | None:
    """Name what this machine lacks to run a client."""
    needed = {
        PYTHON: {},
        NODE: {"Node": ["node"], "npm": ["npm"]},
        BROWSER: {"Chromium": CHROMIUMS, "npm": ["npm"]},
    }
    absent = (name for name, programs in needed[client].items() if not _program(programs))
    return next(absent, None)


def _program(names: Sequence[str]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def packages(cache: pytest.Cache) -> Path:
    """Give the folder of Segment's npm packages, installed once for the versions that we name."""
    folder = cache.mkdir("segment-clients")
    wanted = (SCRIPTS / "package.json").read_text()
    installed = folder / "installed.json"
    if not installed.is_file() or installed.read_text() != wanted:
        (folder / "package.json").write_text(wanted)
        options = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(["npm", "install", *options], cwd=folder, check=True)
        installed.write_text(wanted)
    return folder / "node_modules"


def tell_by_python(collector: Collector) -> None:
    """Track with segment-analytics-python."""
    failures: list[Exception] = []
    client = Client(
        PYTHON,
        host=collector.url,
        gzip=True,
        max_retries=0,
        on_error=lambda error, _batch: failures.append(error),
    )
    user = "python-user-1"
    joined = datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    traits = {"email": "python@example.com", "plan": "pro", "visits": 3, "joined": joined}
    client.identify(user, traits)
    client.page(user, "Docs", "Home", {"path": "/docs"})
    client.screen(name="Basket", properties={"items": 2}, anonymous_id="python-device-1")
    client.track(
        user,
        "Product Viewed",
        {
            "product_id": "P-1",
            "price": Decimal("19.99"),
            "tags": ("new", "blue"),
            "coupon": None,
            "released": date(2026, 1, 2),
            "size": {"unit": "cm", "value": 4},
        },
        timestamp=datetime.now(timezone(timedelta(hours=-8))) - timedelta(days=1),
    )
    client.track(
        user,
        "Order Completed",
        {
            "order_id": "O-1",
            "revenue": 45.5,
            "currency": "EUR",
            "products": [
                {"product_id": "P-1", "name": "Café mug 🫖", "price": 19.99, "quantity": 2},
                {"product_id": "P-2", "name": "Tea", "price": 5.52, "quantity": 1},
            ],
        },
        context={"ip": "203.0.113.7", "device": {"id": "python-device-1"}},
        integrations={"Actions Amplitude": {"session_id": 1_768_035_600_000}},
    )
    client.track(user, "Kept Inside", integrations={"All": False})
    client.group(
        user, "acme", {"group_type": "company", "group_value": "python guild", "seats": 12}
    )
    client.alias("python-user-0", user)
    client.shutdown()
    assert failures == []


def tell_by_node(collector: Collector, modules: Path) -> None:
    """Track with @segment/analytics-node."""
    subprocess.run(
        ["node", SCRIPTS / "shop.cjs", collector.url, NODE],
        env={**os.environ, "NODE_PATH": str(modules)},
        check=True,
        timeout=SECONDS_TO_TELL,
    )


def tell_by_browser(collector: Collector, shop: "Shop", folder: Path) -> None:
    """Open the shop in headless Chromium until its page has told everything."""
    # A page at `localhost` and a collector at 127.0.0.1 are two origins, as on the web.
    page = f"{collector.url.replace('127.0.0.1', 'localhost')}/shop"
    command = [
        _program(CHROMIUMS) or "chromium",
        "--headless",
        "--no-sandbox",
        "--no-first-run",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        f"--user-data-dir={folder / 'profile'}",
        "--enable-logging=stderr",
        f"{page}?utm_source=google&utm_medium=cpc&utm_campaign=spring",
    ]
    log = folder / "chromium.log"
    with log.open("wb") as output, subprocess.Popen(command, stderr=output) as process:
        told = shop.closed.wait(SECONDS_TO_TELL)
        process.terminate()
    assert told, log.read_text(errors="replace")


@dataclass
class Shop:
    """The web server of a shop, and the CDN that its pages load analytics.js from."""

    modules: Path
    closed: threading.Event = field(default_factory=threading.Event)

    def routes(self) -> Sequence[BaseRoute]:
        """Give what a browser asks for."""
        libraries = self.modules / "@segment/analytics-next/dist/umd"
        standalone = libraries / "standalone.js"
        return [
            Route("/shop", lambda _: FileResponse(SCRIPTS / "shop.html")),
            Route("/closed", self.close, methods=["POST"]),
            Route("/v1/projects/{key}/settings", self.settings),
            Route("/analytics.js/v1/{key}/analytics.min.js", lambda _: FileResponse(standalone)),
            Mount("/analytics-next/bundles", StaticFiles(directory=libraries)),
            Mount("/next-integrations/actions", StaticFiles(directory=self._destinations)),
        ]

    @property
    def _destinations(self) -> Path:
        return self.modules / "@segment/browser-destinations/dist/web"

    async def settings(self, request: Request) -> Response:
        """Tell what a source is set to, as Segment's CDN does: Amplitude and its session plugin."""
        (bundle,) = (self._destinations / "amplitude-plugins").glob("*.js")
        calls = ("track", "identify", "group", "page", "alias")
        subscription = {
            "partnerAction": "sessionId",
            "enabled": True,
            "subscribe": " or ".join(f'type = "{call}"' for call in calls),
            "mapping": {},
        }
        plugin = {
            "name": "Amplitude (Actions)",
            "creationName": "Actions Amplitude",
            "libraryName": "amplitude-pluginsDestination",
            "url": f"{request.base_url}next-integrations/actions/amplitude-plugins/{bundle.name}",
            "settings": {"subscriptions": [subscription]},
        }
        segment = {"apiKey": request.path_params["key"], "apiHost": f"{request.url.netloc}/v1"}
        amplitude = {"versionSettings": {"componentTypes": []}}
        return JSONResponse(
            {
                "integrations": {"Segment.io": segment, "Actions Amplitude": amplitude},
                "metrics": {"sampleRate": 0},
                "remotePlugins": [plugin],
            }
        )

    async def close(self, _request: Request) -> Response:
        """Hear that a page has told everything."""
        self.closed.set()
        return Response(status_code=204)
