"""A shut portal is shut everywhere within a second, for everyone but the agency's own people."""

from tests.house import House

PORTAL_ROUTES = ("/api/portal", "/api/projects", "/api/files", "/api/invoices", "/api/ai")


async def test_a_shut_portal_refuses_its_clients_in_every_service(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    other = await house.agency()
    stranger = await other.client()
    for path in PORTAL_ROUTES:
        assert (await client.http.get(path)).status_code == 200, path

    answer = await agency.http.patch("/api/v1/client-portal/config", json={"is_active": False})
    assert answer.status_code == 200, answer.text

    async def shut() -> bool:
        answers = [await client.http.get(path) for path in PORTAL_ROUTES]
        return all(a.status_code == 403 and a.json()["code"] == "portal_closed" for a in answers)

    await house.eventually(shut)
    assert (await agency.http.get("/api/projects")).status_code == 200
    assert (await stranger.http.get("/api/portal")).status_code == 200

    await agency.http.patch("/api/v1/client-portal/config", json={"is_active": True})

    async def open_again() -> bool:
        return all([(await client.http.get(path)).status_code == 200 for path in PORTAL_ROUTES])

    await house.eventually(open_again)
