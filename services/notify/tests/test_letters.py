"""Every mail there is, as a letter: complete, on one line where it must be, and with nothing to load but the logo."""

import re
from html.parser import HTMLParser

import pytest

from services.notify.mails.letters import Branding, Catalogue, Chapter, Letter, Line, Words
from services.notify.mails.models import Template

NAMES = (
    *("agency", "portal", "client", "company", "file", "version", "signer", "project", "number", "invited_by", "url"),
    *(
        "since",
        "amount",
        "amount_due",
        "due",
        "paid",
        "date",
        "moment",
        "minutes",
        "until",
        "title",
        "expires",
        "rating",
        "day",
        "author",
        "error",
        "next",
        "invoice",
        "deposit",
        "deposit_day",
    ),
    *("failure", "reason", "respond_by"),
    *("lead", "form", "email"),
)
LINK = "https://portal.example.com/portal/north#magic=ml_0199.1.secret"
LOGO = "https://portal.example.com/portal-logos/north.png"
LOADS = re.compile(
    r"\b(src|srcset|background|poster|data|action|xlink:href)\s*=|url\(|@import|@font-face", re.IGNORECASE
)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def letter(
    template: str, *, variant: str = "", logo: str = LOGO, value: str = "North <b>&</b>\r\nBcc: x@y.test"
) -> Letter:
    words = Words(template, dict.fromkeys(NAMES, value), quote="Dear Ada,\nwelcome", button_url=LINK, variant=variant)
    branding = Branding(value, value, value, "#FFEE88", logo)
    return Catalogue().letter(words, branding, name=value, address="ada@client.test")


VARIANTS = [
    *((template, "") for template in Template),
    *((template, "too_large") for template in (Template.SIGNED_COPY, Template.FILE_SIGNED, Template.CONTRACT_SIGNED)),
    (Template.PORTAL_INVITATION, "company"),
    (Template.INVOICE_SENT, "deposit"),
    (Template.DISPUTE_CLOSED, "won"),
    (Template.DISPUTE_CLOSED, "lost"),
]


@pytest.mark.parametrize(("template", "variant"), VARIANTS)
def test_every_mail_has_all_its_words_and_its_link(template: Template, variant: str) -> None:
    made = letter(template, variant=variant)
    assert made.subject
    for part in (made.subject, made.text, made.html):
        assert not re.search(r"\{\w*\}", part), part
    assert LINK in made.text.split()
    assert made.html.count(f'href="{LINK}"') == 2


@pytest.mark.parametrize("template", list(Template))
def test_no_name_breaks_a_subject_or_the_sender_into_lines(template: Template) -> None:
    made = letter(template)
    assert not re.search(r"[\r\n\x00-\x1f\u2028\u2029]", made.subject + made.sender)
    assert "<b>" not in made.html


@pytest.mark.parametrize(("template", "variant"), VARIANTS)
def test_a_mail_loads_nothing_but_the_logo(template: Template, variant: str) -> None:
    elements = Elements(letter(template, variant=variant).html).found
    assert [attributes["src"] for tag, attributes in elements if tag == "img"] == [LOGO]
    assert not {tag for tag, _ in elements} & {"script", "link", "iframe", "object", "embed", "video", "form", "base"}
    assert {attributes["href"] for tag, attributes in elements if "href" in attributes} == {LINK}
    bare = letter(template, variant=variant, logo="").html
    assert not LOADS.search(bare), LOADS.search(bare)


@pytest.mark.parametrize(
    "logo", ["http://portal.example.com/x.png", "javascript:alert(1)", "data:image/png;base64,x", "//x/y"]
)
def test_a_logo_from_anywhere_but_a_secure_address_is_left_out(logo: str) -> None:
    assert "<img" not in letter(Template.WELCOME, logo=logo).html


def test_a_digest_shows_names_and_words_as_they_are_and_nothing_that_they_would_do() -> None:
    hostile = "<img src=x onerror=alert(1)>\r\nBcc: x@y.test \u202egnp"
    values = dict.fromkeys(NAMES, hostile)
    line = Line(Template.FILE_RECEIVED, values, excerpt=hostile, url='https://x.test/"><script>')
    words = Words(
        Template.DIGEST, values, chapters=[Chapter(hostile, [line]), Chapter("", [line])], unsubscribe_url=LINK
    )

    made = Catalogue().letter(words, Branding("North", "North", "North", "#112233"), name="Ada", address="a@b.test")

    found = Elements(made.html).found
    assert not {"img", "script"} & {name for name, _ in found}
    assert {name for _, attributes in found for name in attributes if name.startswith("on")} == set()
    assert "\u202e" not in made.text + made.html
    assert not re.search(r"^Bcc:", made.text, re.MULTILINE)
    assert made.text.count("- <img src=x onerror=alert(1)> Bcc: x@y.test gnp uploaded") == 2
    assert "Everything else" in made.html
    assert f'href="{LINK}"' in made.html
