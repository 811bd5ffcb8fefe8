"""Realistic Segment traffic of one shop and its app, in both shapes that data teams hold it."""

from seg2amp.sample.files import write_sample
from seg2amp.sample.landing import land_sample, schemas_of
from seg2amp.sample.traffic import DEFAULT_END, generate

__all__ = ["DEFAULT_END", "generate", "land_sample", "schemas_of", "write_sample"]
