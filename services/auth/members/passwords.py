"""Which passwords are refused: the guessable ones, by NIST SP 800-63B section 3.1.1.2, and nothing beyond."""

from functools import cache
from pathlib import Path

from chassis.errors import FieldError, Invalid

MIN_LENGTH = 8
MAX_LENGTH = 128
MAX_COUNT_DIGITS = 4
_LIST = Path(__file__).with_name("common_passwords.txt")
_KEYBOARD_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "abcdefghijklmnopqrstuvwxyz",
)


class PasswordTooCommon(Invalid):
    """Among the first that anybody would guess."""

    default = "This password is among the first that anybody would guess. Choose another."

    def __init__(self, field: str = "password") -> None:
        super().__init__(errors=[FieldError(field, self.default)])


def check_password(password: str, *, personal: tuple[str, ...] = (), field: str = "password") -> None:
    """Refuse a password that is common, a run or a repetition, or one of the `personal` words.

    Length is checked by the schema (8 to 128 characters).
    """
    plain = password.casefold()
    if _is_listed(plain) or _is_pattern(plain) or plain in _spellings(personal):
        raise PasswordTooCommon(field)


@cache
def common_words() -> frozenset[str]:
    """The words of the list, casefolded."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))


def _is_listed(plain: str) -> bool:
    """A listed word, alone or with up to four digits after it, such as a year."""
    stem = plain.rstrip("0123456789")
    counted = len(plain) - len(stem) <= MAX_COUNT_DIGITS
    return plain in common_words() or (counted and stem in common_words())


def _is_pattern(plain: str) -> bool:
    """One unit over and over (`aaaaaaaa`, `abcabcabc`) or a run along a row (`23456789`, `poiuytre`)."""
    repeated = any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, min(4, len(plain) // 2) + 1))
    return repeated or any(plain in row * 3 or plain in row[::-1] * 3 for row in _KEYBOARD_ROWS)


def _spellings(personal: tuple[str, ...]) -> set[str]:
    words = {word.casefold() for word in personal if word}
    return words | {word.replace(" ", "") for word in words} | {word.split("@")[0] for word in words}
