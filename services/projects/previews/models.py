"""What can be drawn, how large, and what a preview is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.errors import UnsupportedMedia

# In pixels: for a list, for a card, and for a page to be read.
WIDTHS = (320, 640, 1280)
# What is no wider than that may be very long.
MOST_TIMES_AS_HIGH = 4
# The whole file is held in memory while it is drawn, here and in the worker.
MAX_SOURCE_BYTES = 64 * 1024 * 1024
PDF = "application/pdf"
# What Pillow may take a file for, by what its first bytes say that it is.
PICTURES = {
    "image/png": ("PNG",),
    "image/jpeg": ("JPEG", "MPO"),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/tiff": ("TIFF",),
    "image/avif": ("AVIF",),
}
# Belongs to the names under which previews are kept: another number, and all are drawn anew.
LOOK = 1


class NoPreview(UnsupportedMedia):
    """The file cannot be drawn; the detail says why."""

    default = "There are no previews of files of this type."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which preview is asked for; without a version, of the current one. Pages are counted from 1."""

    file_id: UUID
    version: int | None = None
    page: int = 1
    width: int = WIDTHS[-1]

    @property
    def drawn_width(self) -> int:
        """The width that is drawn: the next one above what is asked for, or the largest."""
        return next((width for width in WIDTHS if width >= self.width), WIDTHS[-1])


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as WebP; width and height in pixels, of so many pages."""

    picture: bytes
    pages: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no preview; with `until`, it may be tried again from then on."""

    why: str
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is still of use to remember it."""
        return self.until is None or now < self.until
