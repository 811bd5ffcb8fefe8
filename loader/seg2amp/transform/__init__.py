"""The mapping, run: dbt inside this process, for builds, previews, inspections and codegen."""

from seg2amp.transform.build import BuildSummary, BuildTests, build
from seg2amp.transform.codegen import codegen
from seg2amp.transform.doctor import Diagnosis, Finding, Severity, Source, doctor
from seg2amp.transform.preview import PreviewSummary, preview
from seg2amp.transform.windows import Window, windows

__all__ = [
    "BuildSummary",
    "BuildTests",
    "Diagnosis",
    "Finding",
    "PreviewSummary",
    "Severity",
    "Source",
    "Window",
    "build",
    "codegen",
    "doctor",
    "preview",
    "windows",
]
