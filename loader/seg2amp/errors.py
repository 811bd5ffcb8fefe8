"""The errors a user can meet: each names the thing, says what to do, and carries its exit code.

Seg2ampError (1)
├── ConfigurationError (2)
├── TooManyRejected (3)
└── StoppedEarly (75)
"""


class Seg2ampError(Exception):
    """Something failed; the message is one line that says what and what to do about it."""

    exit_code = 1


class ConfigurationError(Seg2ampError):
    """The command, a setting, the API key or the warehouse is not as it must be."""

    exit_code = 2


class TooManyRejected(Seg2ampError):  # noqa: N818 - the rows are at fault, not the run
    """Amplitude refused more rows than the run was told to bear; the rest stays pending."""

    exit_code = 3


class StoppedEarly(Seg2ampError):  # noqa: N818 - a state, not a fault: running again is safe
    """The run ended before its work did, or Amplitude is out of reach; run it again."""

    exit_code = 75
