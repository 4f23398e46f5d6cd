"""What billing's own pages share: templates that escape, and headers that allow a style sheet and a form, no script."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chassis.colours import readable_on_dark, readable_on_white, safe_colour

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
TEMPLATES = (_HERE / "papers" / "templates", _HERE / "checkouts" / "templates")

STYLE_SHEETS = {path.name: path.read_text() for place in TEMPLATES for path in place.glob("*.css")}


def page_policy(style: str = "") -> str:
    """What a page may load; `style` names one more source of styles. Pictures are logos from the portal's folder."""
    sources = ["'self'", *([style] if style else [])]
    # A form's answer may lead on to the provider's page, which browsers count as part of submitting the form.
    return (
        f"default-src 'none'; img-src 'self'; style-src {' '.join(sources)};"
        " form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'"
    )


def style_sheet(name: str, color: str) -> str:
    """The address of a style sheet in an agency's colour (#RRGGBB)."""
    return f"/pay/assets/{name}?brand={safe_colour(color)[1:]}"


def dressed(sheet: str, color: str) -> str:
    """A style sheet's text with an agency's colour, readable on light pages and on dark ones."""
    light, dark = readable_on_white(color), readable_on_dark(color)
    return f"{sheet}:root {{ --brand: {light}; --brand-on-dark: {dark}; }}\n"


PAGE_HEADERS = {"Content-Security-Policy": page_policy(), "X-Robots-Tag": "noindex"}


def render(template: str, values: Mapping[str, Any]) -> str:
    """A page; every value is escaped."""
    return _templates().get_template(template).render(values)


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
