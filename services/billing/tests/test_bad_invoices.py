"""What cannot be billed is refused, field by field."""

from typing import Any

import pytest

from services.billing.tests.factories import Desk, open_desk
from tests.house import House


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing to bill": ({"amount": None}, ""),
    "amount and lines": ({"amount": 1, "lines": [{"description": "x", "unitPrice": 1}]}, ""),
    "zero": ({"amount": 0}, "amount"),
    "negative": ({"amount": -5}, "amount"),
    "less than a cent": ({"amount": 0.001}, "amount"),
    "a fraction of a yen": ({"amount": 10.5, "currency": "JPY"}, "amount"),
    "too much": ({"amount": 1e15}, "amount"),
    "far too much": ({"amount": 1e300}, "amount"),
    "text for a number": ({"amount": "100"}, "amount"),
    "true for a number": ({"amount": True}, "amount"),
    "an unknown currency": ({"currency": "XYZ"}, "currency"),
    "gold": ({"currency": "XAU"}, "currency"),
    "no due date": ({"dueDate": None}, "dueDate"),
    "a due date of words": ({"dueDate": "tomorrow"}, "dueDate"),
    "a due date of digits": ({"dueDate": 1700000000}, "dueDate"),
    "a day that does not exist": ({"dueDate": "2026-02-30"}, "dueDate"),
    "a year beyond": ({"dueDate": "9999-12-31"}, "dueDate"),
    "due before issued": ({"dueDate": "2026-01-01", "issueDate": "2026-01-02"}, "dueDate"),
    "a client of nobody": ({"clientId": "01900000-0000-7000-8000-000000000000"}, "clientId"),
    "a client id of words": ({"clientId": "ada"}, "clientId"),
    "a project of nobody": ({"projectId": "01900000-0000-7000-8000-000000000000"}, "projectId"),
    "a field we do not know": ({"status": "paid"}, "status"),
    "an id of one's own": ({"id": "01900000-0000-7000-8000-000000000000"}, "id"),
    "a number of one's own": ({"number": 7}, "number"),
    "an agency of one's own": ({"agencyId": "01900000-0000-7000-8000-000000000000"}, "agencyId"),
    "a mailed draft": ({"draft": True, "sendEmail": True}, ""),
    "no lines": ({"lines": []}, "lines"),
    "too many lines": ({"lines": [{"description": "x", "unitPrice": 1}] * 1001}, "lines"),
    "more text than fits": ({"lines": [{"description": "ä" * 900, "unitPrice": 1}] * 400}, "lines"),
    "a line of nothing": ({"lines": [{"description": "", "unitPrice": 1}]}, "lines.0.description"),
    "a line with NUL": ({"lines": [{"description": "a\x00b", "unitPrice": 1}]}, "lines.0.description"),
    "no quantity": ({"lines": [{"description": "x", "quantity": 0, "unitPrice": 1}]}, "lines.0.quantity"),
    "a negative quantity": ({"lines": [{"description": "x", "quantity": -1, "unitPrice": 1}]}, "lines.0.quantity"),
    "five decimals": ({"lines": [{"description": "x", "quantity": 0.12345, "unitPrice": 1}]}, "lines.0.quantity"),
    "a negative price": ({"lines": [{"description": "x", "unitPrice": -1}]}, "lines.0.unitPrice"),
    "a price of mills": ({"lines": [{"description": "x", "unitPrice": 0.001}]}, "lines.0.unitPrice"),
    "a rate beyond 100": ({"lines": [{"description": "x", "unitPrice": 1, "taxRate": 101}]}, "lines.0.taxRate"),
    "a line too large": ({"lines": [{"description": "x", "quantity": 1e9, "unitPrice": 1e12}]}, "lines.0"),
    "lines of nothing": ({"lines": [{"description": "x", "unitPrice": 0}]}, "amount"),
    "all of it off": ({"discount": {"type": "percent", "value": 100}}, "amount"),
    "more than all off": ({"discount": {"type": "amount", "value": 100.01}}, "discount"),
    "101 % off": ({"discount": {"type": "percent", "value": 101}}, "discount"),
    "a discount of another kind": ({"discount": {"type": "half", "value": 1}}, "discount.type"),
    "notes without end": ({"notes": "x" * 10_001}, "notes"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_cannot_be_billed_is_refused_by_field(desk: Desk, case: str) -> None:
    body, field = REFUSED[case]
    wanted = {name: value for name, value in desk.body(**body).items() if value is not None}
    answer = await desk.http.post("/api/invoices", json=wanted)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["field"] == field
    assert (await desk.http.get("/api/invoices")).json() == []


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b'{"amount": NaN}', b'{"amount": Infinity}', b'{"amount": 1e999}', b"\xff"]
)
async def test_what_is_no_json_object_is_refused(desk: Desk, raw: bytes) -> None:
    answer = await desk.http.post("/api/invoices", content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
