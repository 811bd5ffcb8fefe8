"""Spans of OpenTelemetry, where the environment asks for them (`OTEL_…`); else nothing at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from seg2amp.scrub import scrubbed

Attributes = dict[str, str | int | float]


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[Attributes]:
    """Trace a block as a span; what is put into the dictionary becomes attributes at its end.

    An error is told in its own words without keys, never with its traceback.
    """
    found: Attributes = {}
    if not any(variable.startswith("OTEL_") for variable in os.environ):
        yield found
        return
    # Importing it costs a tenth of a second, which only those pay who trace.
    from opentelemetry import trace  # noqa: PLC0415

    tracer = trace.get_tracer("seg2amp")
    with tracer.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield found
        except BaseException as error:
            words = scrubbed(f"{type(error).__name__}: {error}")
            current.set_status(trace.Status(trace.StatusCode.ERROR, words))
            raise
        finally:
            current.set_attributes(found)
