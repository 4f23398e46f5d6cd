"""Colours that stay readable whatever the agency has chosen: contrast after WCAG 2.2, success criterion 1.4.3."""

import re

DEFAULT_PRIMARY = "#1F5F5B"
WHITE = "#FFFFFF"
INK = "#1C1917"
DARK = "#1C1A17"
READABLE = 4.5

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def safe_colour(colour: str) -> str:
    """The colour as #RRGGBB; the default where it is not one, since it goes into a style attribute."""
    return colour.upper() if _HEX.fullmatch(colour) else DEFAULT_PRIMARY


def text_on(colour: str) -> str:
    """White or ink, whichever reads better on a colour."""
    return WHITE if contrast(colour, WHITE) >= contrast(colour, INK) else INK


def readable_on_white(colour: str) -> str:
    """The colour itself, or darkened until it can be read as text on white."""
    red, green, blue = _channels(colour)
    while contrast(f"#{red:02X}{green:02X}{blue:02X}", WHITE) < READABLE:
        red, green, blue = (int(channel * 0.9) for channel in (red, green, blue))
    return f"#{red:02X}{green:02X}{blue:02X}"


def readable_on_dark(colour: str) -> str:
    """The colour itself, or lightened until it can be read as text on a dark page."""
    channels = _channels(colour)
    for step in range(21):
        red, green, blue = (round(channel + (255 - channel) * step / 20) for channel in channels)
        if contrast(lighter := f"#{red:02X}{green:02X}{blue:02X}", DARK) >= READABLE:
            return lighter
    return WHITE


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
