from pathlib import Path


def write_report(warehouse: object, schema: str, out: Path, *, show_values: bool) -> None: ...
