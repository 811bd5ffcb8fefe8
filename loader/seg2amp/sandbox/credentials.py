"""HTTP Basic authentication with the API key and the secret key, as the analytics APIs want it."""

import base64
import binascii

from seg2amp.sandbox.keys import Keys
from seg2amp.sandbox.visit import Visit


def authenticated(visit: Visit, keys: Keys) -> str:
    """Give the API key, which names the project; raises `Refusal`."""
    scheme, _, encoded = visit.headers.get("authorization", "").partition(" ")
    try:
        decoded = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        decoded = ""
    api_key, _, secret_key = decoded.partition(":")
    return keys.authenticated(api_key if scheme.lower() == "basic" else "", secret_key)
