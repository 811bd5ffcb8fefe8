"""What the shop sells."""

from dataclasses import dataclass
from itertools import product as combine
from typing import Any

SHOP = "https://www.northwindow.example"

# Category, its things and the price of the plainest one.
SHELVES = (
    ("Kitchen", (("Kettle", 39.0), ("Moka Pot", 27.5), ("Chef's Knife", 64.9), ("Mug", 9.95))),
    ("Garden", (("Trowel", 12.25), ("Watering Can", 24.0), ("Seed Tin", 6.4), ("Lantern", 33.3))),
    ("Home", (("Linen Throw", 54.0), ("Desk Lamp", 71.5), ("Wall Clock", 44.95), ("Vase", 18.75))),
    ("Travel", (("Day Pack", 89.0), ("Wash Bag", 21.9), ("Flask", 28.6), ("Reiseführer", 15.99))),
)
VARIANTS = (("Moss", 1.0), ("Ink", 1.0), ("Brass", 1.2))
BRANDS = ("Hearth & Co", "Nordlicht", "Field Notes", "Øst")


@dataclass(frozen=True, slots=True)
class Product:
    """One article of the catalogue."""

    product_id: str
    sku: str
    name: str
    category: str
    brand: str
    variant: str
    price: float

    @property
    def path(self) -> str:
        """Its page on the web site."""
        return f"/products/{self.product_id}"

    def properties(self, *, quantity: int, position: int) -> dict[str, Any]:
        """Describe it as Segment's ecommerce events do; `price` is for one piece."""
        return {
            "product_id": self.product_id,
            "sku": self.sku,
            "name": self.name,
            "category": self.category,
            "brand": self.brand,
            "variant": self.variant,
            "price": self.price,
            "quantity": quantity,
            "position": position,
            "url": f"{SHOP}{self.path}",
        }


def _stock() -> tuple[Product, ...]:
    things = [(category, *thing) for category, shelf in SHELVES for thing in shelf]
    return tuple(
        Product(
            product_id=f"prod-{number:04}",
            sku=f"{category[:3].upper()}-{number:03}-{variant[:1]}",
            name=f"{variant} {name}",
            category=category,
            brand=BRANDS[number % len(BRANDS)],
            variant=variant,
            price=round(price * factor, 2),
        )
        for number, ((category, name, price), (variant, factor)) in enumerate(
            combine(things, VARIANTS),
            start=1,
        )
    )


PRODUCTS = _stock()
