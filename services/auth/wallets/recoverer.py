"""What Ethereum's libraries are asked, in a process of their own: they are large, and few deployments need them."""

from chassis.worker import Worker

JOB_DEADLINE_S = 10.0
_JOBS = "services.auth.wallets.recovery"


class Recoverer:
    """Tells addresses' right spelling and messages' signers; the process starts at the first question."""

    def __init__(self) -> None:
        self._worker = Worker()

    async def checksummed(self, address: str) -> str:
        """An address in the spelling of EIP-55."""
        result = await self._worker.run(f"{_JOBS}:checksum", {"address": address}, deadline=JOB_DEADLINE_S)
        return str(result.data["address"])

    async def signer(self, message: str, signature: bytes) -> str | None:
        """The checksummed address whose key has signed the message (EIP-191); None when no key has."""
        result = await self._worker.run(f"{_JOBS}:recover", {"message": message}, signature, deadline=JOB_DEADLINE_S)
        address = result.data["address"]
        return str(address) if address is not None else None

    async def close(self) -> None:
        """End the process."""
        await self._worker.close()
