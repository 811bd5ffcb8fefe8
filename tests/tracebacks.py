"""What a tracker of errors would learn of an error of ours."""

import traceback
from pathlib import Path

import seg2amp

OURS = str(Path(seg2amp.__file__).parent)


def told_of(error: BaseException) -> str:
    """Give the error, what led to it, and the value of every variable in a frame of ours."""
    told, left = [], [traceback.TracebackException.from_exception(error, capture_locals=True)]
    while left:
        one = left.pop()
        told.extend(one.format_exception_only())
        told.extend(str(f.locals) for f in one.stack if f.filename.startswith(OURS))
        left.extend(other for other in (one.__cause__, one.__context__) if other)
    assert len(told) > 1, "no frame of ours is in the traceback"
    return "\n".join(told)
