"""Range and conditional headers (RFC 9110)."""

import pytest

from chassis.errors import RangeNotSatisfiable
from services.projects.files.ranges import none_match, wanted_range

ETAG = '"abc"'


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-9", (0, 10)),
        ("bytes=5-", (5, 100)),
        ("bytes=99-", (99, 100)),
        ("bytes=0-1000", (0, 100)),
        ("bytes=-1", (99, 100)),
        ("bytes=-100", (0, 100)),
        ("bytes=-1000", (0, 100)),
        ("Bytes = 1-2", (1, 3)),
        ("bytes=0-4,5-9", (0, 10)),
        ("bytes=5-9, 0-4", (0, 10)),
        ("bytes=0-9,3-5,-91", (0, 100)),
        ("bytes=0-4,200-300", (0, 5)),
        ("bytes=,0-4,", (0, 5)),
    ],
)
def test_a_range_names_its_bytes(header: str, span: tuple[int, int]) -> None:
    assert wanted_range(header, None, etag=ETAG, size=100) == span


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=1-2-3", "items=0-1", "bytes=0x1-2",
     "bytes=0-4,x", "bytes=\u0661-2", "bytes=" + "9" * 40 + "-"],
)  # fmt: skip
def test_what_is_not_understood_is_ignored(header: str | None) -> None:
    assert wanted_range(header, None, etag=ETAG, size=100) is None


@pytest.mark.parametrize(
    "header",
    ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=0-1,50-60", "bytes=" + ",".join(["0-"] * 17), "bytes=200-,300-"],
)
def test_what_cannot_be_answered_as_one_stretch_is_refused_with_the_size(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable) as refused:
        wanted_range(header, None, etag=ETAG, size=100)
    assert refused.value.size == 100


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-1", "bytes=0-0"])
def test_nothing_can_be_taken_from_an_empty_file(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable):
        wanted_range(header, None, etag=ETAG, size=0)


@pytest.mark.parametrize(
    ("if_range", "span"),
    [(ETAG, (0, 1)), ('"other"', None), (f"W/{ETAG}", None), ("Sat, 29 Oct 1994 19:43:31 GMT", None)],
)
def test_if_range_must_name_these_very_bytes(if_range: str, span: tuple[int, int] | None) -> None:
    assert wanted_range("bytes=0-0", if_range, etag=ETAG, size=100) == span


@pytest.mark.parametrize(
    ("header", "matches"),
    [
        (None, False),
        (ETAG, True),
        (f"W/{ETAG}", True),
        ("*", True),
        (f'"x", {ETAG}', True),
        ('"x"', False),
        ("", False),
    ],
)
def test_if_none_match_knows_the_etag(header: str | None, matches: bool) -> None:
    assert none_match(header, ETAG) is matches
