"""Which passwords are refused."""

import pytest

from services.auth.members.passwords import PasswordTooCommon, check_password

PERSONAL = ("ada.larsen@northlight.test", "Ada Larsen", "Northlight Studio")


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord",
        "password1",
        "Password2024",
        "passw0rd123",
        "12345678",
        "123456789012",
        "87654321",
        "qwertyuiop",
        "QWERTYUIOP",
        "poiuytrewq",
        "asdfghjkl",
        "1qaz2wsx",
        "aaaaaaaa",
        "abcabcabc",
        "abcdefgh",
        "iloveyou",
        "letmein2023",
        "liverpool1",
        "sunshine99",
        "welcome123!",
        "ada.larsen@northlight.test",
        "Ada.Larsen",
        "Ada Larsen",
        "adalarsen",
        "northlight studio",
        "NorthlightStudio",
    ],
)
def test_what_anybody_would_guess_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check_password(password, personal=PERSONAL)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "a quiet place by the sea",
        "kX9!vQ2#",
        "password of my grandmother",
        "dragon12345",
        "Ada Larsen likes tea",
        "水の音水の音水の音が",
        "zyxwabcd",
    ],
)
def test_what_takes_more_than_a_guess_is_taken(password: str) -> None:
    check_password(password, personal=PERSONAL)


def test_nothing_personal_is_known_of_a_machine() -> None:
    check_password("ada.larsen@northlight.test")
