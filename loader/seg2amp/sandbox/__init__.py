"""A strict local server that behaves as Amplitude's APIs are documented to."""
