"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a finding is to be taken."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report; `mend` says what to do about it."""

    subject: str
    verdict: Verdict
    what: str
    mend: str = ""


def good(subject: str, what: str) -> Finding:
    """All is well."""
    return Finding(subject, Verdict.GOOD, what)


def note(subject: str, what: str, mend: str = "") -> Finding:
    """Worth knowing, stops nothing."""
    return Finding(subject, Verdict.NOTE, what, mend)


def wrong(subject: str, what: str, mend: str) -> Finding:
    """Has to be mended."""
    return Finding(subject, Verdict.WRONG, what, mend)
