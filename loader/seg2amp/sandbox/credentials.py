"""HTTP Basic authentication with the API key and the secret key, as the analytics APIs want it."""

import base64
import binascii

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.visit import Visit


def authenticated(visit: Visit, config: SandboxConfig) -> str:
    """Give the API key, which names the project; raises `Refusal`."""
    scheme, _, encoded = visit.headers.get("authorization", "").partition(" ")
    try:
        decoded = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        decoded = ""
    api_key, _, secret_key = decoded.partition(":")
    known = api_key and secret_key and (not config.api_keys or api_key in config.api_keys)
    expected = config.secret_keys.get(api_key) if config.secret_keys else secret_key
    if scheme.lower() != "basic" or not known or secret_key != expected:
        raise Refusal(401, "Unauthorized", catalogue.UNAUTHORIZED)
    return api_key
