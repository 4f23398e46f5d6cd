"""Answers: whatever JSON comes, it is read or refused beside its field, and what is read is of its field's shape."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import Invalid
from services.portal.intake_forms.models import FieldType
from services.portal.intake_forms.schemas import FormField
from services.portal.leads.answers import read_answers

OPTIONS = ["A", "B"]
NEEDED = {"number": 1, "checkbox": True}
FORM = [
    FormField(
        key=type.value,
        label="It",
        type=type,
        options=OPTIONS if type in (FieldType.SELECT, FieldType.MULTI_SELECT) else [],
        required=type in NEEDED,
    )
    for type in FieldType
]
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["A", "https://[::1", "http://a.test/\u2028", "a@b.test", "+1 (2) 3", "2027-02-30", "٢٠٢٧-٠١-٠١", "1e400", "\ud7ff"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=1500, deadline=None)
@given(st.dictionaries(st.sampled_from([*FieldType, "other"]).map(str), VALUES, max_size=4))
def test_any_json_is_read_or_refused_by_the_names_of_its_fields(answers: dict[str, Any]) -> None:
    given = NEEDED | answers
    try:
        read = read_answers(FORM, given)
    except Invalid as refused:
        assert refused.errors
        assert {error.field for error in refused.errors} <= {f"answers.{key}" for key in answers}
        return
    assert NEEDED.keys() <= set(read) <= set(given) - {"other", "file"}
    assert set(read.get("multi_select", [])) <= set(OPTIONS)
    assert orjson.loads(orjson.dumps(read)) == read
    # What was read once is read the same again.
    assert read_answers(FORM, read) == read


@pytest.mark.parametrize("said", ["A family 👩‍👩‍👧‍👦", "می‌خواهم", "שלום\u200f!", "Zwölf Boxkämpfer", "क्‍ष"])
def test_a_line_may_be_of_any_script(said: str) -> None:
    assert read_answers(FORM, NEEDED | {"text": said})["text"] == said


@pytest.mark.parametrize("said", ["one\ntwo", "one\u2028two", "one\u2029two", "a\x07bell", "\u202etxt.exe"])
def test_a_line_is_one_line_that_shows_itself(said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_answers(FORM, NEEDED | {"text": said})
    assert [error.field for error in refused.value.errors] == ["answers.text"]
