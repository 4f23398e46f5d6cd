"""Conditional and range requests on a file's bytes (RFC 9110, sections 13 and 14)."""

import re

from chassis.errors import RangeNotSatisfiable

MAX_RANGES = 16
_SPEC = re.compile(r"(\d{0,18})-(\d{0,18})", re.ASCII)


def none_match(header: str | None, etag: str) -> bool:
    """Whether the caller has these bytes already (If-None-Match, weak comparison)."""
    if header is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags


def wanted_range(header: str | None, if_range: str | None, *, etag: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole file.

    A header that is not understood, or whose If-Range names other bytes, is ignored, as the RFC asks. Ranges that
    make up one stretch are answered as one; raises RangeNotSatisfiable for disjoint ones and for bytes beyond the end.
    """
    if header is None or (if_range is not None and if_range.strip() != etag):
        return None
    unit, equals, specs = header.partition("=")
    if not equals or unit.strip().lower() != "bytes":
        return None
    asked = [_parse(spec.strip(), size) for spec in specs.split(",") if spec.strip()]
    if not asked or None in asked:
        return None
    if len(asked) > MAX_RANGES:
        raise RangeNotSatisfiable("Too many ranges; ask for one.", size=size)
    stretches = sorted(span for span in asked if span and span[0] < span[1])
    if not stretches:
        raise RangeNotSatisfiable(size=size)
    start, end = stretches[0]
    for first, after in stretches[1:]:
        if first > end:
            raise RangeNotSatisfiable("Ask for one range at a time.", size=size)
        end = max(end, after)
    return start, end


def _parse(spec: str, size: int) -> tuple[int, int] | None:
    """The span of one range, empty when it is beyond the end; None when it cannot be understood."""
    found = _SPEC.fullmatch(spec)
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size
    first = int(found[1])
    if not found[2]:
        return first, max(first, size)
    if int(found[2]) < first:
        return None
    return first, max(first, min(int(found[2]) + 1, size))
