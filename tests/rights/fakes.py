"""An object store that fails."""

from chassis.errors import Unavailable
from chassis.storage import ObjectStore


class FailingStore(ObjectStore):
    """Removes so many objects, and then nothing any more."""

    def __init__(self, url: str, *, removes: int) -> None:
        super().__init__(url)
        self._left = removes

    async def delete(self, key: str) -> None:
        """Remove one, or raise Unavailable."""
        if not self._left:
            raise Unavailable
        self._left -= 1
        await super().delete(key)
