"""What search makes of texts and of the questions that services put to each other."""

from uuid import uuid4

import pytest

from chassis.searching import Wanted, extract, wanted_of


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "a", ""),
        ("A short text", "short", "A short text"),
        ("Over\n\n two   lines", "two lines", "Over two lines"),
        ("İstanbul", "i̇stanbul", "İstanbul"),
        ("nothing of it", "elsewhere", "nothing of it"),
    ],
)
def test_a_short_text_is_shown_whole_on_one_line(text: str, words: str, line: str) -> None:
    assert extract(text, words) == line


def test_a_long_text_is_cut_around_the_words() -> None:
    line = extract("a" * 500 + " HERE " + "b" * 500, "here")
    assert (line[0], line[-1], len(line), "HERE" in line) == ("…", "…", 162, True)
    assert extract("HERE" + "b" * 500, "here").startswith("HERE")
    assert extract("a" * 500 + "HERE", "here").endswith("aHERE")


def test_staff_look_at_everything_and_clients_at_their_own() -> None:
    client_id = uuid4()
    staff = wanted_of("x", limit=5, kinds=["task"], for_clients=False, client_ids=[str(client_id)])
    assert staff == Wanted("x", 5, frozenset({"task"}), None)
    client = wanted_of("x", limit=5, kinds=["task"], for_clients=True, client_ids=[str(client_id)])
    assert client.client_ids == (client_id,)
    # No clients named is nobody's rows, and never everybody's.
    assert wanted_of("x", limit=5, kinds=[], for_clients=True, client_ids=[]).client_ids == ()


@pytest.mark.parametrize("words", ["", "x" * 201, "a\x00b"], ids=["empty", "long", "nul"])
def test_a_question_that_cannot_be_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="words"):
        wanted_of(words, limit=5, kinds=[], for_clients=False, client_ids=[])
