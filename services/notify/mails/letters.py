"""Letters: the words of a mail from the catalogue, filled with facts, as text and as HTML for mail programs."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from chassis.colours import readable_on_white, safe_colour, text_on

LOCALES = Path(__file__).resolve().parent.parent / "locales"
TEMPLATES = Path(__file__).resolve().parent / "templates"
MAX_VALUE = 200
MAX_SUBJECT_VALUE = 80
MAX_QUOTE = 2000
MAX_WHOLE_QUOTE = 10_000
MAX_EXCERPT = 240
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
class Line:
    """One thing that a digest tells, in the words of its own mail's subject; `url` is empty where it leads nowhere."""

    key: str
    values: dict[str, str]
    excerpt: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a digest tells of one project; `project` is its name, empty for what belongs to none."""

    project: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said: catalogue key, values of its placeholders, a person's own words, where the button leads.

    `variant` picks other paragraphs than usual; `footer` names the reason for the mail that stands under it.
    `unsubscribe_url` turns such mails off, where that can be done. A digest has `chapters`.
    """

    key: str
    values: dict[str, str]
    quote: str = ""
    whole_quote: bool = False
    button_url: str = ""
    footer: str = "sent_to_client"
    variant: str = ""
    unsubscribe_url: str = ""
    chapters: list[Chapter] = field(default_factory=list)
    more_news: int = 0


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

    def about(self, key: str) -> str:
        """When mails of a kind come, in a few words for whoever gets them."""
        return str(self._entries[key].get("about") or self._entries[key]["preheader"])

    def letter(self, words: Words, branding: Branding, *, name: str, address: str) -> Letter:
        """The letter to one recipient."""
        entry = self._entries[words.key]
        values = {"agency": branding.agency, "portal": branding.portal, **words.values}
        values |= {"recipient": name, "address": address, "more_news": str(words.more_news)}
        values["first"] = self._sentence(words.chapters[0].lines[0]) if words.chapters else ""
        page = self._page(words, branding, name=name, values=values)
        return Letter(
            subject=_fill_subject(entry["subject"], values),
            text=self._rendered("mail.txt.j2", page, _fill_text, values),
            html=self._rendered("mail.html.j2", page, _fill_html, values),
            sender=one_line(branding.sender, MAX_SUBJECT_VALUE),
        )

    def _page(self, words: Words, branding: Branding, *, name: str, values: dict[str, str]) -> dict[str, Any]:
        """What both layouts are filled with."""
        entry, common = self._entries[words.key], self._entries["common"]
        quote, shortened = _quote(words.quote, MAX_WHOLE_QUOTE if words.whole_quote else MAX_QUOTE)
        return {
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
            "chapters": words.chapters,
            "no_project": common["no_project"] if len(words.chapters) > 1 else "",
            "more_news": common["more_news"] if words.more_news else "",
            "unsubscribe_url": words.unsubscribe_url,
            "unsubscribe": entry.get("unsubscribe", common["unsubscribe"]),
        }

    def _rendered(
        self, layout: str, page: dict[str, Any], fill: Callable[[str, dict[str, str]], str], values: dict[str, str]
    ) -> str:
        def sentence(line: Line) -> str:
            return fill(self._entries[line.key]["subject"], line.values)

        return self._layouts.get_template(layout).render(
            page, fill=lambda words: fill(words, values), sentence=sentence, excerpt=_excerpt
        )

    def _sentence(self, line: Line) -> str:
        return _fill_subject(self._entries[line.key]["subject"], line.values)

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


def _excerpt(content: str) -> str:
    return one_line(content, MAX_EXCERPT)


def _style(branding: Branding) -> dict[str, str]:
    primary = safe_colour(branding.primary_color)
    return {
        "name": one_line(branding.portal or branding.agency),
        "logo_url": branding.logo_url if branding.logo_url.startswith("https://") else "",
        "fill": primary,
        "text_on_fill": text_on(primary),
        "link": readable_on_white(primary),
    }
