"""An order and its refund, as Segment's ecommerce specification words them."""

from collections.abc import Sequence
from random import Random
from typing import Any

from seg2amp.sample.catalogue import Product
from seg2amp.sample.dice import chance

TAX_RATE = 0.19
SHIPPING = 4.9
FREE_SHIPPING_FROM = 60.0
COUPONS = ("WELCOME10", "SPRING", "LETTER5")


def cart_lines(rng: Random, cart: Sequence[Product]) -> list[dict[str, Any]]:
    """List the products of a cart, mostly one piece of each."""
    pieces = rng.choices((1, 2, 3), weights=(80, 15, 5), k=len(cart))
    return [
        product.properties(quantity=quantity, position=position)
        for position, (product, quantity) in enumerate(zip(cart, pieces, strict=True), start=1)
    ]


def order(rng: Random, lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Total an order; `revenue` leaves out shipping and tax."""
    subtotal = round(sum(line["price"] * line["quantity"] for line in lines), 2)
    coupon = rng.choice(COUPONS) if chance(rng, 0.15) else None
    discount = round(subtotal * 0.1, 2) if coupon else 0.0
    revenue = round(subtotal - discount, 2)
    shipping = 0.0 if revenue >= FREE_SHIPPING_FROM else SHIPPING
    tax = round(revenue * TAX_RATE, 2)
    properties = {
        "checkout_id": f"chk-{rng.getrandbits(40):010x}",
        "order_id": f"ord-{rng.getrandbits(40):010x}",
        "affiliation": "Northwindow Online",
        "subtotal": subtotal,
        "discount": discount,
        "revenue": revenue,
        "shipping": shipping,
        "tax": tax,
        "total": round(revenue + shipping + tax, 2),
        "currency": "EUR",
        "products": list(lines),
    }
    return {**properties, "coupon": coupon} if coupon else properties


def refund(bought: dict[str, Any]) -> dict[str, Any]:
    """Give the whole order back; as Segment specifies it, the total is positive."""
    return {key: bought[key] for key in ("order_id", "total", "currency", "products")}
