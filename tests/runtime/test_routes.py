"""Every path that a service documents is one that the gateway sends to that service."""

from cli.openapi import documents
from tests.routing import service_of


async def test_every_documented_path_is_routed_to_the_service_that_serves_it() -> None:
    strays = [
        f"{path} of {service} goes to {service_of(path)}"
        for service, document in (await documents()).items()
        for path in document["paths"]
        if service_of(path) != service
    ]
    assert strays == []
