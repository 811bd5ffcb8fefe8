"""The people who visit the shop, and the companies that some of them buy for."""

from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from seg2amp.sample.devices import PLACES, Device, browser, phone
from seg2amp.sample.dice import DAY, chance
from seg2amp.sample.messages import instant
from seg2amp.sample.names import snake_case
from seg2amp.sample.sources import Tracking

FIRST_NAMES = ("Ana", "Ben", "Chloé", "Dmitri", "Elif", "Farah", "Grace", "Hugo", "Inés", "Jonas")
LAST_NAMES = ("Adler", "Bianchi", "Costa", "Dubois", "Evans", "Fischer", "García", "Huang", "Ito")
STREETS = ("Mill Lane", "Hauptstraße", "Rue des Lilas", "Calle Sol", "Canal Street")
PLANS = ("free", "plus", "pro")
COMPANIES = ("Alder Works", "Blue Kiln", "Cedar & Sons", "Dune Hotels", "Elm Café", "Fjord Design")
INDUSTRIES = ("retail", "hospitality", "software")


@dataclass(slots=True)
class Person:
    """One visitor: anonymous on each device until `user_id` is given by a sign-up or sign-in."""

    tracking: Tracking
    """how the shop follows them"""
    account: str
    """the user id they have, or will get when they sign up"""
    traits: dict[str, Any]
    devices: list[Device]
    company: dict[str, Any] | None
    former_account: str | None
    registered: bool
    """whether the account exists already, from before the window"""
    signed_in_on: set[str | None] = field(default_factory=set)
    """anonymous ids of the devices on which they are signed in"""


def _traits(rng: Random, account: str, place: int, born: int) -> dict[str, Any]:
    first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
    _, _, country, city, *_ = PLACES[place]
    return {
        "firstName": first,
        "lastName": last,
        "email": f"{snake_case(first)}.{account[-6:]}@mail.example",
        "phone": f"+1 555 01{rng.randint(0, 99):02}",
        "age": rng.randint(18, 79),
        "plan": rng.choice(PLANS),
        "newsletter": chance(rng, 0.5),
        "createdAt": instant(born),
        "address": {
            "street": f"{rng.randint(1, 99)} {rng.choice(STREETS)}",
            "city": city,
            "country": country,
            "postalCode": f"{rng.randint(1000, 99999):05}",
        },
        "interests": rng.sample(("coffee", "garden", "travel", "design"), k=2),
    }


def _company(rng: Random) -> dict[str, Any]:
    number = rng.randrange(len(COMPANIES))
    return {
        "groupId": f"company-{number + 1:03}",
        "name": COMPANIES[number],
        "industry": INDUSTRIES[number % len(INDUSTRIES)],
        "employees": 10 * (number + 1),
    }


def meet(rng: Random, begin: int, tracking: Tracking) -> Person:
    """Draw a person; `begin` is the first instant of the window, epoch ms, UTC."""
    place = rng.randrange(len(PLACES))
    account = f"user-{rng.getrandbits(48):012x}"
    registered = chance(rng, 0.4)
    handset = partial(phone, phones=tracking.phones)
    makers = rng.choices(
        ((browser,), (handset,), (browser, handset)),
        weights=(55, 25, 20),
    )[0]
    born = begin - rng.randint(1, 700) * DAY if registered else begin
    return Person(
        tracking=tracking,
        account=account,
        traits=_traits(rng, account, place, born),
        devices=[make(rng, place) for make in makers],
        company=_company(rng) if chance(rng, 0.35) else None,
        former_account=f"cust-{rng.randint(10_000, 99_999)}"
        if registered and chance(rng, 0.15)
        else None,
        registered=registered,
    )
