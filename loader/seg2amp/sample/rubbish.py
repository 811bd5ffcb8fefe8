"""What also arrives: messages that nobody meant to send, each made from a sound one."""

from collections.abc import Callable
from random import Random
from typing import Any

from seg2amp.sample.catalogue import PRODUCTS
from seg2amp.sample.dice import DAY, uuid
from seg2amp.sample.messages import Message, moved
from seg2amp.sample.orders import order

LONG_NAME = 1_200


def _event(sound: Message, event: str, properties: dict[str, Any]) -> Message:
    return sound | {"event": event, "properties": properties}


def violation(sound: Message, _: Random) -> Message:
    """Forward a Protocols violation, as Segment does when a tracking plan is broken."""
    properties = {
        "eventName": "Product Viewed",
        "type": "Required",
        "field": "properties.product_id",
        "description": "product_id is required",
        "appVersion": "5.2.0",
    }
    ids = {"userId": "schema-violations", "anonymousId": None}
    return _event(sound, "Violation Generated", properties) | ids


def nobody(sound: Message, _: Random) -> Message:
    """Lose both ids."""
    return sound | {"userId": None, "anonymousId": None}


def short_id(sound: Message, _: Random) -> Message:
    """Use an id of two characters."""
    return sound | {"userId": "u1"}


def placeholder_id(sound: Message, rng: Random) -> Message:
    """Use the text of a missing value as id."""
    return sound | {"userId": rng.choice(("null", "undefined", "0", "[object Object]"))}


def from_the_future(sound: Message, _: Random) -> Message:
    """Date a call more than a year ahead."""
    return moved(sound, 400 * DAY)


def nameless(sound: Message, _: Random) -> Message:
    """Track an event without a name."""
    return _event(sound, "", {"label": "button"})


def unwritable_name(sound: Message, _: Random) -> Message:
    """Track an event whose name leaves nothing for a table to be called."""
    return _event(sound, "注文完了", {"label": "button"})


def revenue_as_text(sound: Message, _: Random) -> Message:
    """Give an amount with its currency sign."""
    return _event(sound, "Subscription Renewed", {"plan": "plus", "revenue": "$30.00"})


def endless_products(sound: Message, rng: Random) -> Message:
    """Order articles whose names outgrow any text column."""
    products = [product.properties(quantity=10, position=1) for product in PRODUCTS[:6]]
    wordy = [line | {"name": f"{line['name']} ".ljust(LONG_NAME, "*")} for line in products]
    return _event(sound, "Order Completed", order(rng, wordy))


KINDS: tuple[Callable[[Message, Random], Message], ...] = (
    violation,
    nobody,
    short_id,
    placeholder_id,
    from_the_future,
    nameless,
    unwritable_name,
    revenue_as_text,
    endless_products,
)


def rubbish(rng: Random, sound: Message, number: int) -> Message:
    """Spoil a sound track message in the way whose turn it is; the result has an id of its own."""
    return KINDS[number % len(KINDS)](sound | {"messageId": uuid(rng)}, rng)
