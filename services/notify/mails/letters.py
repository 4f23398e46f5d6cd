"""Letters: the words of a mail from the catalogue, filled with facts, as text and as HTML for mail programs."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from services.notify.mails.colours import readable_on_white, safe_colour, text_on

LOCALES = Path(__file__).resolve().parent.parent / "locales"
TEMPLATES = Path(__file__).resolve().parent / "templates"
MAX_VALUE = 200
MAX_SUBJECT_VALUE = 80
MAX_QUOTE = 2000
MAX_WHOLE_QUOTE = 10_000
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

# Characters that reorder or hide what follows them; a name has no need of them.
_TRICKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROLS_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Branding:
    """How an agency appears; `portal` is the portal's name, `logo_url` an https address or empty."""

    agency: str
    portal: str
    sender: str
    primary_color: str
    logo_url: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said: catalogue key, values of its placeholders, a person's own words, where the button leads.

    `variant` picks other paragraphs than usual; `footer` names the reason for the mail that stands under it.
    """

    key: str
    values: dict[str, str]
    quote: str = ""
    whole_quote: bool = False
    button_url: str = ""
    footer: str = "sent_to_client"
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail without its envelope."""

    subject: str
    text: str
    html: str
    sender: str
    attachments: list[tuple[str, bytes]] = field(default_factory=list)


class Catalogue:
    """The words of one language and the two layouts they stand in."""

    def __init__(self, locale: str = "en") -> None:
        self._locale = locale

    def letter(self, words: Words, branding: Branding, *, name: str, address: str) -> Letter:
        """The letter to one recipient."""
        entry = self._entries[words.key]
        common = self._entries["common"]
        values = {"agency": branding.agency, "portal": branding.portal, **words.values}
        values |= {"recipient": name, "address": address}
        quote, shortened = _quote(words.quote, MAX_WHOLE_QUOTE if words.whole_quote else MAX_QUOTE)
        page = {
            "locale": self._locale,
            "direction": common["direction"],
            "entry": entry,
            "paragraphs": entry[f"paragraphs_{words.variant}" if words.variant else "paragraphs"],
            "greeting": common["greeting" if name.strip() else "greeting_nameless"],
            "link_hint": common["link_hint"],
            "footer": common[words.footer],
            "more": common["more"] if shortened else "",
            "quote": quote,
            "button_url": words.button_url,
            "details": {label: values[key] for key, label in entry.get("details", {}).items()},
            "brand": _style(branding),
        }
        return Letter(
            subject=_fill_subject(entry["subject"], values),
            text=self._layouts.get_template("mail.txt.j2").render(page, fill=lambda line: _fill_text(line, values)),
            html=self._layouts.get_template("mail.html.j2").render(page, fill=lambda line: _fill_html(line, values)),
            sender=one_line(branding.sender, MAX_SUBJECT_VALUE),
        )

    @cached_property
    def _entries(self) -> dict[str, Any]:
        entries: dict[str, Any] = json.loads((LOCALES / f"{self._locale}.json").read_text("utf-8"))
        return entries

    @cached_property
    def _layouts(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            # The text layout is no HTML; everything else is escaped.
            autoescape=select_autoescape(disabled_extensions=("txt.j2",), default=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )


def one_line(value: str, limit: int = MAX_VALUE) -> str:
    """A value fit for a header or a sentence: one line, nothing hidden, not endless."""
    plain = " ".join(_TRICKS.sub("", _CONTROLS.sub(" ", value)).split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def _fill_subject(line: str, values: dict[str, str]) -> str:
    return line.format_map({key: one_line(value, MAX_SUBJECT_VALUE) for key, value in values.items()})


def _fill_text(line: str, values: dict[str, str]) -> str:
    return line.format_map({key: _isolated(one_line(value)) for key, value in values.items()})


def _fill_html(line: str, values: dict[str, str]) -> Markup:
    # The catalogue is ours, the values are not: only they are escaped, each in an element that keeps its direction in.
    return Markup(line).format_map(  # noqa: S704
        {key: Markup("<bdi>{}</bdi>").format(one_line(value)) for key, value in values.items()}
    )


def _isolated(value: str) -> str:
    right_to_left = any(unicodedata.bidirectional(character) in ("R", "AL") for character in value)
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if right_to_left else value


def _quote(content: str, limit: int) -> tuple[str, bool]:
    plain = _TRICKS.sub("", _CONTROLS_IN_TEXT.sub("", content.replace("\r\n", "\n"))).strip()
    return (plain, False) if len(plain) <= limit else (plain[:limit].rstrip() + "…", True)


def _style(branding: Branding) -> dict[str, str]:
    primary = safe_colour(branding.primary_color)
    return {
        "name": one_line(branding.portal or branding.agency),
        "logo_url": branding.logo_url if branding.logo_url.startswith("https://") else "",
        "fill": primary,
        "text_on_fill": text_on(primary),
        "link": readable_on_white(primary),
    }
