"""The ground that the tests of access stand on: two agencies, two clients of the first."""

from dataclasses import dataclass

from tests.house import House
from tests.trust.plant import Plant, plant, plant_client


@dataclass
class Grounds:
    """Two agencies; the first has two clients, in companies of their own, with one of everything each."""

    house: House
    ours: Plant
    neighbour: Plant
    theirs: Plant


async def lay_grounds(house: House) -> Grounds:
    """All of it, made through REST."""
    ours = await plant(house)
    return Grounds(house, ours, await plant_client(ours.agency, "CANARYneighbour"), await plant(house))
