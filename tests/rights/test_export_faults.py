"""What is missing is told: before the first byte by a refusal, after it by an archive that has no end."""

import io
import zipfile

import httpx
import pytest

from services.projects.tests.office import open_office
from tests.house import House
from tests.rights.catalogue import superuser
from tests.rights.process import door, fill, notify_process

_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'portico_projects_export'"


@pytest.mark.parametrize("away", ["auth", "projects", "billing", "portal"])
async def test_without_one_service_there_is_no_export(house: House, away: str) -> None:
    office = await open_office(house)
    async with notify_process(house, away=away) as process, door(process, office) as http:
        for _ in range(2):
            answer = await http.get("/api/export")
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_an_export_that_a_service_leaves_is_broken_off(house: House, postgres: str) -> None:
    office = await open_office(house)
    await fill(postgres, office, 300_000)
    async with notify_process(house) as process, door(process, office) as http:
        read = b""
        with pytest.raises(httpx.RemoteProtocolError):
            async with http.stream("GET", "/api/export") as answer:
                async for chunk in answer.aiter_raw():
                    if not read:
                        async with superuser(postgres, "projects") as connection:
                            assert await connection.fetchval(_CUT)
                    read += chunk
        assert read
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(read))
        async with http.stream("GET", "/api/export") as again:
            assert again.status_code == 200
