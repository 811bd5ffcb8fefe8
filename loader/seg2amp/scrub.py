"""Secrets: the keys in the environment, taken out of whatever is about to be shown."""

import json
import os
import traceback
from urllib.parse import quote, quote_plus

_SECRETS = ("AMPLITUDE_API_KEY", "AMPLITUDE_SECRET_KEY")
# A shorter key is none of Amplitude's, and could be a word of the text itself.
_SHORTEST_SECRET = 8


def scrubbed(text: str) -> str:
    """Put `***` for each key, also where it stands in an address, a form or JSON."""
    for name in _SECRETS:
        secret = os.environ.get(name, "").strip()
        if len(secret) < _SHORTEST_SECRET:
            continue
        for form in (secret, quote(secret), quote_plus(secret), json.dumps(secret)[1:-1]):
            text = text.replace(form, "***")
    return text


def traceback_of(error: BaseException) -> str:
    """Give where an error of no kind of ours came from, without keys and without variables."""
    return scrubbed("".join(traceback.format_exception(error)).rstrip())
