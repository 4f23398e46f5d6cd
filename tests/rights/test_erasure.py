"""Who is erased is forgotten: no word of theirs is found in any place, save what the law or a signature keeps."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.house import House
from tests.rights.finding import everywhere, settled
from tests.rights.lives import Life, asking, born, erase, papers, themselves, work

FORGOTTEN_IN_S = 20


@pytest.fixture
def storage(variables: dict[str, str]) -> Path:
    return Path(urlsplit(variables["PORTICO_STORAGE_URL"]).path)


@pytest.fixture
async def life(house: House) -> Life:
    return await born(house, f"zq{secrets.token_hex(6)}")


def pictures_and_files(storage: Path, agency_id: str) -> list[Path]:
    """Whatever objects of the agency there are; a picture holds no word."""
    folders = [storage / service / agency_id for service in ("projects", "portal")]
    return [path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()]


async def test_no_word_of_an_erased_client_is_found_anywhere(
    house: House, life: Life, postgres: str, storage: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    await work(life)
    await asking(life)
    await papers(life)
    await themselves(life)
    second = life.made.pop("second")
    await house.eventually(lambda: settled(house))
    before = await everywhere(house, postgres, storage, life.word)
    assert len(pictures_and_files(storage, life.agency.id)) == 9
    assert len(before) > 40, "the word stands in too few places for this to be a test"
    await erase(life)
    answer = await life.agency.http.post(
        f"/api/clients/{second['id']}/erase", json={"confirm": f"second {life.word}".upper()}
    )
    assert answer.status_code == 200, answer.text
    left: list[str] = []

    async def forgotten() -> bool:
        left[:] = await everywhere(house, postgres, storage, life.word)
        return not left

    try:
        await house.eventually(forgotten, timeout=FORGOTTEN_IN_S)
    except AssertionError:
        raise AssertionError(left) from None
    assert pictures_and_files(storage, life.agency.id) == []
    output = capfd.readouterr()
    assert life.word not in output.out + output.err
