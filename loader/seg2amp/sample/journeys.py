"""What a person does in a session: looks around, signs up or in, buys, sends things back."""

from random import Random

from seg2amp.sample.catalogue import PRODUCTS, Product
from seg2amp.sample.dice import HOUR, SECOND, chance
from seg2amp.sample.habits import RATES, Moment
from seg2amp.sample.messages import Message, instant
from seg2amp.sample.orders import cart_lines, order, refund
from seg2amp.sample.people import Person
from seg2amp.sample.sessions import Session

# The journal's pages are sent without a name, as analytics.js does unless it is told one.
LANDINGS = (
    ("/", "Home"),
    ("/sale", "Sale"),
    ("/gifts", "Gift Guide Page"),
    ("/journal/slow-mornings", None),
)
APP = {"version": "5.2.0", "build": 520}
# A session lasts a few minutes; none begins so late that it would outlast the window.
LONGEST_SESSION = 2 * HOUR


def journey(rng: Random, person: Person, begin: int, end: int) -> list[Message]:
    """Tell one person's whole story between two instants (epoch ms, UTC), in order of time."""
    count = rng.choices((1, 2, 3, 4), weights=(40, 30, 20, 10))[0]
    starts = sorted(rng.randint(begin, end - LONGEST_SESSION) for _ in range(count))
    messages: list[Message] = []
    for start in starts:
        session = Session(rng, person, rng.choice(person.devices), start)
        visit = _visit_app if session.device.kind == "phone" else _visit_site
        visit(session)
        messages += session.messages
    return messages


def _visit_site(session: Session) -> None:
    rng = session.rng
    session.land(*rng.choice(LANDINGS))
    if chance(rng, 0.1):
        return
    if chance(rng, 0.35):
        session.page("/search", name="Search", category="Catalogue")
        _search(session)
    cart = _look_around(session)
    _come_in(session)
    if cart:
        if chance(rng, 0.5):
            session.page("/cart", name="Cart", category="Checkout")
        else:
            session.page("/checkout", category="Checkout")
        _check_out(session, cart)
    if session.user_id and chance(rng, 0.02):
        session.track("2FA Enabled", {"method": "totp"})


def _visit_app(session: Session) -> None:
    rng = session.rng
    if chance(rng, 0.1):
        session.track("Push Notification Received", {"id": f"push-{rng.randint(100, 999)}"})
    session.track("Application Opened", {**APP, "from_background": chance(rng, 0.4)})
    session.screen("Home")
    if chance(rng, 0.35):
        session.screen("Search", {"category": "Catalogue"})
        _search(session)
    cart = _look_around(session)
    _come_in(session)
    if cart:
        session.screen("Checkout")
        _check_out(session, cart)
    session.track("Application Backgrounded", {})


def _search(session: Session) -> None:
    query = session.rng.choice(("kettle", "mug", "lantern", "linen", "wandkalender"))
    found = 0 if query == "wandkalender" else session.rng.randint(1, 24)
    session.track("Product Searched", {"query": query, "resultsCount": found})


def _look_around(session: Session) -> list[Product]:
    """View some products and put a few into the cart, where others may wait already."""
    rng = session.rng
    cart = rng.sample(PRODUCTS, k=2) if chance(rng, 0.1) else []
    for position, product in enumerate(rng.sample(PRODUCTS, k=rng.randint(1, 4)), start=1):
        if position == 1 or chance(rng, 0.6):
            _show(session, product)
        details = product.properties(quantity=1, position=position)
        session.track("Product Viewed", {**details, "currency": "EUR"})
        if chance(rng, 0.5):
            session.track("Product Added", {**details, "cart_id": f"cart-{session.start}"})
            cart.append(product)
        _besides(session, "browsing")
    return cart


def _show(session: Session, product: Product) -> None:
    if session.device.kind == "phone":
        session.screen("Product", {"productId": product.product_id})
    else:
        session.page(product.path, name=product.name, category="Product")


def _come_in(session: Session) -> None:
    """Sign up or in; some never do. Who was signed in already may update a trait."""
    rng, person = session.rng, session.person
    if session.user_id:
        session.identify({"newsletter": chance(rng, 0.5), "lastSeenAt": instant(session.now)})
        _name_company(session)
    elif person.registered:
        if chance(rng, 0.8):
            _sign_in(session)
            session.track("Signed In", {"method": rng.choice(("password", "magic link"))})
    elif chance(rng, 0.6):
        person.registered = True
        person.traits["createdAt"] = instant(session.now)
        _sign_in(session)
        session.track("Signed Up", {"plan": person.traits["plan"], "method": "email"})
    elif chance(rng, 0.3):
        session.identify({"newsletter": True})
    if session.user_id:
        _besides(session, "account")


def _besides(session: Session, moment: Moment) -> None:
    """Follow a habit of this moment, if the shop tracks any."""
    served = moment == "bought"
    habits = session.person.tracking.habits.get(
        (moment, "server" if served else session.device.kind)
    )
    if not habits or not chance(session.rng, RATES[moment]):
        return
    habit = session.rng.choice(habits)
    send = session.track_on_server if served else session.track
    send(habit.event, habit.properties(session.rng))


def _sign_in(session: Session) -> None:
    person = session.person
    person.signed_in_on.add(session.device.anonymous_id)
    if person.former_account:
        session.alias(person.former_account)
        person.former_account = None
    session.identify(dict(person.traits))
    _name_company(session)


def _name_company(session: Session) -> None:
    """Send the group call of who buys for a company; one in ten says nothing about it."""
    company = session.person.company
    if not company:
        return
    known = {key: value for key, value in company.items() if key != "groupId"}
    traits = {} if chance(session.rng, 0.1) else {"group_type": "company", **known}
    session.group(company["groupId"], traits)


def _check_out(session: Session, cart: list[Product]) -> None:
    rng = session.rng
    lines = cart_lines(rng, cart)
    bought = order(rng, lines)
    begun = {key: bought[key] for key in ("checkout_id", "revenue", "currency", "products")}
    session.track("Checkout Started", {**begun, "value": bought["subtotal"]})
    _besides(session, "paying")
    if not chance(rng, 0.8):
        return
    if session.user_id and chance(rng, 0.7):
        session.identify({"address": session.person.traits["address"]})
    session.track_on_server("Order Completed", bought)
    _besides(session, "bought")
    if chance(rng, 0.08):
        session.now += session.rng.randint(60 * SECOND, 1800 * SECOND)
        session.track_on_server("Order Refunded", refund(bought))
