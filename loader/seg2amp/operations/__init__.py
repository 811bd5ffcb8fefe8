"""Operations: what an unattended load says on its way, and the files that tell how it ended."""

from seg2amp.operations.operation import Operation

__all__ = ["Operation"]
