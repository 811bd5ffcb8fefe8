"""What people do besides: the long tail of events that a tracked shop has after some years.

Most are from Segment's ecommerce and mobile specifications, some are the shop's own. Their names
and properties are as uneven as real ones: reserved words, names that fold to one table, one
property in several types, and properties that are called like columns every table has.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from seg2amp.sample.catalogue import PRODUCTS
from seg2amp.sample.devices import Kind
from seg2amp.sample.dice import chance

Moment = Literal["browsing", "account", "paying", "bought"]
Properties = dict[str, Any]

# How often each moment has a habit in it.
RATES: Mapping[Moment, float] = {"browsing": 0.3, "account": 0.3, "paying": 0.6, "bought": 0.6}


@dataclass(frozen=True, slots=True)
class Habit:
    """A track event, and how its properties are drawn."""

    event: str
    properties: Callable[[Random], Properties]


def _number(rng: Random, prefix: str) -> str:
    return f"{prefix}-{rng.getrandbits(32):08x}"


def _day(rng: Random) -> str:
    return f"2026-02-{rng.randint(1, 28):02}T08:00:00.000Z"


def _product(rng: Random) -> Properties:
    return rng.choice(PRODUCTS).properties(quantity=1, position=rng.randint(1, 24))


def _products(rng: Random) -> list[Properties]:
    chosen = rng.sample(PRODUCTS, k=rng.randint(1, 4))
    return [
        product.properties(quantity=1, position=position)
        for position, product in enumerate(chosen, start=1)
    ]


def _promotion(rng: Random) -> Properties:
    # Here `position` is a place on the page; on products it is a number.
    return {
        "promotion_id": f"promo-{rng.randint(1, 9)}",
        "creative": rng.choice(("kettles-in-snow", "garden-path")),
        "name": "January Sale",
        "position": rng.choice(("home_banner_top", "footer")),
    }


def _video(rng: Random) -> Properties:
    # A session of the video player, which is none of Amplitude's.
    return {
        "session_id": _number(rng, "play"),
        "content_asset_ids": [_number(rng, "asset")],
        "position": rng.randint(0, 90),
        "total_length": 92.5,
        "full_screen": chance(rng, 0.5),
        "sound": rng.choice((0, 35, 70.5, 100)),
    }


def _checkout_step(rng: Random) -> Properties:
    return {"checkout_id": _number(rng, "chk"), "step": rng.randint(1, 3), "payment_method": "card"}


def _checkout_step_as_text(rng: Random) -> Properties:
    return {**_checkout_step(rng), "step": rng.choice(("address", "shipping", "payment"))}


def _coupon(rng: Random) -> Properties:
    return {
        "cart_id": _number(rng, "cart"),
        "coupon_id": rng.choice(("WELCOME10", "SPRING", "LETTER5")),
        "discount": rng.choice((5, 10, 7.5)),
    }


def _campaign(rng: Random) -> Properties:
    return {"campaign": {"source": "app-store", "name": f"launch-{rng.randint(1, 4)}"}}


_ANYWHERE = (
    Habit("Product List Viewed", lambda rng: {"category": "Garden", "products": _products(rng)}),
)
_ON_THE_SITE = (
    *_ANYWHERE,
    Habit(
        "Product List Filtered",
        lambda rng: {
            "filters": [{"type": "price", "value": f"under-{rng.randint(2, 9)}0"}],
            "sorts": [{"type": "price", "value": "desc"}],
        },
    ),
    Habit("Promotion Viewed", _promotion),
    Habit("Video Playback Started", _video),
    # Reserved words of SQL, as a table and as columns.
    Habit(
        "Select",
        lambda rng: {"group": "colour", "order": rng.randint(1, 5), "from": "list", "to": "Moss"},
    ),
)
_IN_THE_APP = (
    *_ANYWHERE,
    Habit(
        "Application Updated",
        # Builds were text before they were numbers.
        lambda rng: {"previous_build": rng.choice(("511", 515)), "build": 520},
    ),
    Habit("Install Attributed", _campaign),
    Habit("Push Notification Tapped", _campaign),
    Habit("Barcode Scanned", lambda rng: {"code": rng.randint(10**12, 10**13 - 1)}),
)
_ACCOUNT = (
    # Properties that are called like columns of every table.
    Habit(
        "Profile Updated",
        lambda rng: {"id": _number(rng, "prof"), "timestamp": _day(rng), "fields": ["phone"]},
    ),
)
_PAYING = (
    Habit("Cart Viewed", lambda rng: {"cart_id": _number(rng, "cart"), "products": _products(rng)}),
    Habit("Coupon Applied", _coupon),
    # An older release; its rows fold into the same table.
    Habit("coupon_applied", _coupon),
)
_BOUGHT = (
    Habit("Payment Authorised", lambda rng: {"payment_id": _number(rng, "pay"), "attempts": 1}),
    Habit("Invoice Created", lambda rng: {"number": _number(rng, "inv"), "dueAt": _day(rng)}),
    Habit("Stock Reserved", lambda rng: {"products": _products(rng)}),
    Habit("Loyalty Points Earned", lambda rng: {"points": rng.choice((5, 12.5, 40))}),
)

HABITS: Mapping[tuple[Moment, Kind], Sequence[Habit]] = {
    ("browsing", "browser"): _ON_THE_SITE,
    ("browsing", "phone"): _IN_THE_APP,
    ("account", "browser"): _ACCOUNT,
    ("account", "phone"): _ACCOUNT,
    ("paying", "browser"): (*_PAYING, Habit("Checkout Step Viewed", _checkout_step)),
    ("paying", "phone"): (*_PAYING, Habit("Checkout Step Viewed", _checkout_step_as_text)),
    ("bought", "server"): _BOUGHT,
}
