"""File names: what is kept of hostile ones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.file_names import MAX_LENGTH, attachment, clean_name, numbered


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\Users\\me\\photo.png", "photo.png"),
        ("/absolute", "absolute"),
        ("folder/", "folder"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("///", "file"),
        (" . . ", "file"),
        (".htaccess", ".htaccess"),
        ("a\x00b.txt", "ab.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie: x=1.txt"),
        ("tab\there.txt", "tab here.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("zero\u200bwidth\ufeff.txt", "zerowidth.txt"),
        ("bell\x07del\x7f.txt", "belldel.txt"),
        ("e\u0301te\u0301.txt", "\u00e9t\u00e9.txt"),
        ("👩\u200d👩\u200d👧.png", "👩\u200d👩\u200d👧.png"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("  spaces   inside  .txt ", "spaces inside .txt"),
        ("\u2028line\u2029.txt", "line .txt"),
        ("lone\ud800surrogate.txt", "lonesurrogate.txt"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("." + "x" * 300, ("." + "x" * 300)[:255]),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one(raw: str, kept: str) -> None:
    assert clean_name(raw) == kept


@given(st.text(max_size=400))
def test_whatever_comes_in_one_line_without_a_path_comes_out(raw: str) -> None:
    name = clean_name(raw)
    assert 1 <= len(name) <= MAX_LENGTH
    assert not set(name) & set("/\\\r\n\x00\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert name not in (".", "..")
    assert not any(unicodedata.category(character) == "Cc" for character in name)
    assert clean_name(name) == name


@given(st.text(max_size=400))
def test_a_disposition_is_one_ascii_line_with_the_name_in_it(raw: str) -> None:
    header = attachment(clean_name(raw))
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith('attachment; filename="')
    assert header.count('"') == 2


def test_a_disposition_carries_any_script() -> None:
    assert attachment('né "x".pdf') == "attachment; filename=\"ne _x_.pdf\"; filename*=UTF-8''n%C3%A9%20%22x%22.pdf"


def test_numbers_go_before_the_extension_and_never_past_the_length() -> None:
    assert numbered("report (signed).pdf", 2) == "report (signed) 2.pdf"
    assert numbered("no extension", 3) == "no extension 3"
    assert len(numbered("x" * 251 + ".pdf", 1234)) == MAX_LENGTH
