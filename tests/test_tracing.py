"""Spans around a load and its requests, as a tracer of OpenTelemetry is told of them."""

from contextlib import contextmanager

import pytest
from opentelemetry import trace
from opentelemetry.trace.span import SpanContext

import outbox
from command import run
from scripted import Say, scripted


class Span(trace.NonRecordingSpan):
    """A span that can be looked at."""

    def __init__(self, name, parent, attributes) -> None:
        super().__init__(SpanContext(1, 1, is_remote=False))
        self.name, self.parent, self.attributes = name, parent, dict(attributes)
        self.status = None

    def set_attributes(self, attributes) -> None:
        self.attributes |= attributes

    def set_status(self, status, *_description) -> None:
        self.status = status


class Provider(trace.TracerProvider, trace.Tracer):
    """Keeps the spans that were started."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def get_tracer(self, *_parts, **_more):
        return self

    def start_span(self, name, attributes=None, **_more):
        self.spans.append(Span(name, trace.get_current_span(), attributes or {}))
        return self.spans[-1]

    @contextmanager
    def start_as_current_span(self, name, attributes=None, **errors):
        assert errors == {"record_exception": False, "set_status_on_exception": False}
        with trace.use_span(self.start_span(name, attributes), **errors) as span:
            yield span


@pytest.fixture
def traced(monkeypatch):
    """Give the provider that all get from now on, as an SDK sets itself up."""
    provider = Provider()
    monkeypatch.setenv("OTEL_SERVICE_NAME", "seg2amp")
    monkeypatch.setenv("AMPLITUDE_API_KEY", outbox.KEY)
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    return provider


def load(capsys, url):
    return run(capsys, "load", "--yes", "--base-url", url)


def test_a_load_and_its_requests_are_spans(capsys, warehouse_path, traced):
    outbox.build(warehouse_path, outbox.events(20, users=1))
    with scripted(lambda _heard: None) as server:
        assert load(capsys, server.url).code == 0
    loading, request = traced.spans
    assert (loading.name, request.name) == ("seg2amp load", "POST")
    assert request.parent is loading
    assert loading.attributes["seg2amp.delivered"] == 20
    run_ids = outbox.ask(warehouse_path, "select run_id from amplitude.delivery_runs")
    assert run_ids == [(loading.attributes["seg2amp.run_id"],)]
    assert request.attributes["url.full"] == f"{server.url}/batch"
    assert request.attributes["http.response.status_code"] == 200


def test_spans_tell_of_an_error_without_the_key(capsys, warehouse_path, traced):
    outbox.build(warehouse_path, outbox.events(20, users=1))
    refusal = Say(400, {"code": 400, "error": f"Invalid API key: {outbox.KEY}"})
    with scripted(lambda _heard: refusal) as server:
        assert load(capsys, server.url).code == 2
    loading, request = traced.spans
    assert request.attributes["http.response.status_code"] == 400
    assert loading.status.status_code is trace.StatusCode.ERROR
    assert "refused the API key" in loading.status.description
    for span in traced.spans:
        assert outbox.KEY not in repr(vars(span)) + repr(span.status and span.status.description)


def test_without_its_variables_nothing_is_traced(capsys, warehouse_path, traced, monkeypatch):
    monkeypatch.delenv("OTEL_SERVICE_NAME")
    outbox.build(warehouse_path, [outbox.event(1)])
    with scripted(lambda _heard: None) as server:
        assert load(capsys, server.url).code == 0
    assert traced.spans == []
