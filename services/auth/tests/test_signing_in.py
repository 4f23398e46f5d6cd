"""The story of a member: register, sign in, be known, sign out."""

from tests.house import PASSWORD, House


async def test_a_new_owner_is_signed_in_and_known(house: House) -> None:
    answer = await house.gateway.post(
        "/api/auth/register",
        json={
            "name": "Ada Larsen",
            "email": "Ada.Larsen@One.Test",
            "password": PASSWORD,
            "agencyName": "Northlight & Søn",
        },
    )
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert set(body) == {"token", "user", "agency"}
    assert body["user"] == {
        "id": body["user"]["id"],
        "name": "Ada Larsen",
        "email": "ada.larsen@one.test",
        "role": "owner",
        "createdAt": body["user"]["createdAt"],
    }
    assert set(body["agency"]) == {"id", "name", "slug", "currency", "timeZone", "createdAt"}
    me = await house.http_with({"Authorization": f"Bearer {body['token']}"}).get("/api/auth/me")
    assert me.status_code == 200, me.text
    assert me.json() == {"user": body["user"], "agency": body["agency"]}
