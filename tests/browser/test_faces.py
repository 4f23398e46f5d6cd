"""Whose portal it is: the agency's logo, and a company whose people share one portal."""

from io import BytesIO

from PIL import Image
from playwright.async_api import expect

from tests.browser.people import a_client, project_link, sign_in
from tests.browser.visit import Visit
from tests.house import Agency, House

CONFIG = "/api/v1/client-portal/config"


async def give_logo(agency: Agency) -> str:
    """Upload a logo; returns its address below the origin."""
    picture = BytesIO()
    Image.new("RGB", (400, 100), "#0F766E").save(picture, "PNG")
    files = {"file": ("logo.png", picture.getvalue(), "image/png")}
    answer = await agency.http.post(f"{CONFIG}/logo", files=files)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"]["portal_logo"])


async def test_the_logo_stands_on_the_sign_in_page_and_in_the_portal(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    path = await give_logo(agency)
    await visit.open(f"/portal/{agency.slug}")
    logo = visit.page.get_by_role("img", name="Northwind Studio")
    await expect(logo).to_have_attribute("src", f"/{path}")
    assert await logo.evaluate("(logo) => logo.decode().then(() => logo.naturalWidth)") > 0
    await sign_in(visit, client)
    await expect(visit.page.get_by_role("banner").get_by_role("img", name="Northwind Studio")).to_be_visible()


async def test_the_name_stands_where_the_logo_does_not_come(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await give_logo(agency)
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await visit.page.route("**/portal-logos/*", lambda route: route.abort())
    await visit.open_portal(client.token)
    await expect(visit.page.get_by_role("banner").get_by_text("Northwind Studio")).to_be_visible()


async def test_a_company_opens_the_portal_of_all_its_clients(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    company = await agency.company("Analytical Engines")
    for name, project in (("Ada Byron", "Website relaunch"), ("Mary Somerville", "Annual report")):
        await agency.project(await company.client(name), name=project)
    await visit.open_portal(company.token)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Analytical Engines")
    for project in ("Website relaunch", "Annual report"):
        await expect(project_link(visit.page, project)).to_be_visible()
    await expect(visit.page.get_by_role("button", name="Sign out")).not_to_be_visible()


async def test_one_of_a_companys_people_signs_with_their_own_name(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    company = await agency.company("Analytical Engines")
    project = await agency.project(await company.client("Ada Byron"), name="Website relaunch")
    answer = await agency.http.post(
        "/api/files",
        data={"projectId": project["id"], "visibleToClient": "true"},
        files={"file": ("Home page.txt", b"Hello, world", "text/plain")},
    )
    await visit.open_portal(company.token)
    await visit.page.get_by_role("link", name="Review").click()
    await visit.page.get_by_role("button", name="Sign", exact=True).click()
    await expect(visit.page.get_by_label("Your full name")).to_have_value("")
    await visit.page.get_by_label("Your full name").fill("Charles Babbage")
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_text("Signed by Charles Babbage")).to_be_visible()
    signature = (await agency.http.get(f"/api/files/{answer.json()['id']}")).json()["signature"]
    assert signature["name"] == "Charles Babbage"
