"""Hiding values that look personal before a person reads them on a screen or in a report."""

import json
import re
from typing import Any

MASK = "***"

# What these words name is about a person wherever it stands ...
_CONTACT = frozenset({"email", "emailaddress", "phone", "phonenumber", "mobile", "ip", "ipaddress"})
# ... and these only among a person's properties: products and pages have names too.
_PERSONAL = _CONTACT | {
    "name",
    "firstname",
    "lastname",
    "middlename",
    "fullname",
    "username",
    "displayname",
    "nickname",
    "address",
    "street",
    "postalcode",
    "zip",
    "zipcode",
    "birthday",
    "birthdate",
    "dateofbirth",
    "avatar",
}
_PERSON_OBJECTS = frozenset({"userproperties", "traits", "contexttraits"})

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_PATTERNS = re.compile(
    "|".join(
        (
            r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
            rf"(?<![\w./]){_OCTET}(?:\.{_OCTET}){{3}}(?![\w.])",
            r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])",
            r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6}(?![\w:])",
            r"(?<!\w)\+\d[\d ().-]{6,}\d(?!\w)",
            r"(?<![\w-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])",
        )
    )
)


def mask_text(text: str) -> str:
    """Hide e-mail addresses, IP addresses and phone numbers inside a text."""
    return _PATTERNS.sub(MASK, text)


def mask_value(value: Any, *, about_person: bool = False) -> Any:  # noqa: ANN401 - any JSON
    """Hide personal values in parsed JSON: by key inside traits and user properties, by look.

    `about_person` says that the value as a whole is somebody's properties, such as a raw
    `identifies` row.
    """
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, list):
        return [mask_value(item, about_person=about_person) for item in value]
    if isinstance(value, dict):
        return {
            mask_text(str(key)): _mask_field(_bare(str(key)), item, about_person)
            for key, item in value.items()
        }
    return value


def mask_json(text: str) -> str:
    """Mask one JSON text; text that is not JSON is masked by look only."""
    try:
        value = json.loads(text)
    except ValueError:
        return mask_text(text)
    return json.dumps(mask_value(value), ensure_ascii=False, separators=(",", ":"))


def _mask_field(key: str, value: Any, about_person: bool) -> Any:  # noqa: ANN401 - any JSON
    hidden = _PERSONAL if about_person else _CONTACT
    # A warehouse flattens an address: address_street, address_postal_code ...
    address = about_person and key.startswith("address")
    if (key in hidden or address) and value not in (None, ""):
        return MASK
    if key == "groupproperties":
        return mask_value(value)
    return mask_value(value, about_person=about_person or key in _PERSON_OBJECTS)


def _bare(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower()).removeprefix("contexttraits")
