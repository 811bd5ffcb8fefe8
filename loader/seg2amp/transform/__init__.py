"""The mapping, run: dbt inside this process, for whole builds and for previews."""

from seg2amp.transform.build import BuildSummary, BuildTests, build
from seg2amp.transform.preview import PreviewSummary, preview
from seg2amp.transform.windows import Window, windows

__all__ = [
    "BuildSummary",
    "BuildTests",
    "PreviewSummary",
    "Window",
    "build",
    "preview",
    "windows",
]
