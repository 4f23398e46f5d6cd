"""Who is in the demo agency and what it works on: data only. Days count from the day it is made."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

OWNER = "Nora Feld"
OWNER_EMAIL = "demo@example.com"
AGENCY = "Lumen & Oak"
PORTAL = {
    "portal_name": "Lumen & Oak",
    "primary_color": "#1F5F5B",
    "secondary_color": "#8A4B16",
    "welcome_message": "Hello! Here is all we are making for you: plans, files to look at, messages and invoices.",
    "sender_name": "Lumen & Oak",
}


class Paper(StrEnum):
    """What kind of file is made for a document."""

    PDF = "pdf"
    PICTURE = "png"
    TEXT = "md"


class Answer(StrEnum):
    """What the client did with a file."""

    NONE = "none"
    APPROVED = "approved"
    CHANGES = "changes"
    SIGNED = "signed"


class State(StrEnum):
    """How far an invoice has come."""

    DRAFT = "draft"
    SENT = "sent"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    VOID = "void"


@dataclass(frozen=True)
class Document:
    """A file of a project; `visible` to the client or not."""

    name: str
    paper: Paper
    about: str
    answer: Answer = Answer.NONE
    comment: str = ""
    visible: bool = True


@dataclass(frozen=True)
class Word:
    """A message of the project's conversation."""

    by_client: bool
    text: str


@dataclass(frozen=True)
class Offer:
    """A quote: its lines with quantity, price and whether they are optional; open for so many days."""

    title: str
    lines: tuple[tuple[str, float, float, bool], ...]
    notes: str
    open_for: int
    currency: str = "EUR"
    tax: float = 19


@dataclass(frozen=True)
class Pact:
    """A contract; `text` is Markdown with merge fields."""

    title: str
    text: str
    job: int = 0


@dataclass(frozen=True)
class Job:
    """A project with what belongs to it; `ending` is the message it is completed with.

    `tasks` are titles with their status, `hours` what was done with the minutes it took.
    """

    name: str
    description: str
    due_in: int
    status: str = "active"
    documents: tuple[Document, ...] = ()
    words: tuple[Word, ...] = ()
    tasks: tuple[tuple[str, str], ...] = ()
    hours: tuple[tuple[str, int], ...] = ()
    update: bool = False
    ending: str = ""


@dataclass(frozen=True)
class Bill:
    """An invoice; `job` is the position of its project."""

    lines: tuple[tuple[str, float, float], ...]
    due_in: int
    state: State
    currency: str = "EUR"
    tax: float = 19
    job: int = 0
    issued_before: int = 0


@dataclass(frozen=True)
class Patron:
    """A client of the demo agency."""

    name: str
    email: str
    company: str
    jobs: tuple[Job, ...]
    bills: tuple[Bill, ...] = field(default=())
    offers: tuple[Offer, ...] = field(default=())
    pacts: tuple[Pact, ...] = field(default=())


PATRONS = (
    Patron(
        "Mara Lindqvist",
        "mara@fjordcoffee.example.com",
        "Fjord Coffee Roasters",
        jobs=(
            Job(
                "Brand refresh",
                "New word mark, colours and type, applied to bags, cups and the two cafés.",
                due_in=24,
                documents=(
                    Document("Agreement.pdf", Paper.PDF, "Brand refresh: scope, time and fee", Answer.SIGNED),
                    Document("Word mark.png", Paper.PICTURE, "Fjord", Answer.APPROVED),
                    Document(
                        "Bag, front.png",
                        Paper.PICTURE,
                        "Fjord 250 g",
                        Answer.CHANGES,
                        "Lovely. Could the roast date move to the bottom edge?",
                    ),
                    Document("Interview notes.md", Paper.TEXT, "Notes for ourselves", visible=False),
                ),
                words=(
                    Word(False, "The word mark is up under Files. We like the narrow cut best; see what you think."),
                    Word(True, "We love it. The narrow one it is!"),
                    Word(False, "Great. The bags follow on Thursday, both sizes."),
                ),
                tasks=(
                    ("Word mark", "complete"),
                    ("Colours and type", "complete"),
                    ("Bags, both sizes", "in_review"),
                    ("Cups and sleeves", "in_progress"),
                    ("Signs for the cafés", "todo"),
                    ("Which paper for the bags?", "query"),
                ),
                hours=(("Word mark, three rounds", 540), ("Bags, layout", 255), ("Call about the cafés", 35)),
                update=True,
            ),
            Job(
                "Packaging photographs",
                "Twelve pictures of the spring range for shop and press.",
                due_in=-9,
                documents=(Document("Contact sheet.png", Paper.PICTURE, "Spring", Answer.APPROVED),),
                ending="All twelve pictures are in your portal. Thank you for a very good day at the roastery!",
            ),
        ),
        bills=(
            Bill((("Brand refresh, first half", 1, 4800), ("Type licence", 1, 320)), -20, State.PAID, issued_before=34),
            Bill((("Photographs, per picture", 12, 145),), -3, State.SENT, job=1, issued_before=17),
            Bill((("Brand refresh, second half", 1, 4800),), 30, State.DRAFT),
        ),
        offers=(
            Offer(
                "Web shop",
                (
                    ("Shop with twenty products", 1, 6200, False),
                    ("Product texts", 20, 45, True),
                    ("Photographs, per product", 20, 60, True),
                ),
                "We could begin in the first week after your yes.",
                open_for=28,
            ),
        ),
        pacts=(
            Pact(
                "Care of the brand",
                "# Care of the brand\n\n{{agency.name}} looks after the brand of **{{client.company}}** for a year.\n\n"
                "## 1. What is done\n\n- Seasonal bags and cards, four times\n- Advice, up to two hours a month\n\n"
                "## 2. What it costs\n\n280 euros a month, to be ended by either side a month ahead.",
            ),
        ),
    ),
    Patron(
        "Tomás Rivera",
        "tomas@riveraarchitects.example.com",
        "Rivera Architects",
        jobs=(
            Job(
                "New website",
                "A site that shows the work first: forty projects, two languages, quick on a phone.",
                due_in=45,
                documents=(
                    Document("Site map.pdf", Paper.PDF, "Site map: pages and what each is for", Answer.APPROVED),
                    Document("Start page.png", Paper.PICTURE, "Rivera"),
                ),
                words=(
                    Word(True, "Is there room for the competition entries, or only for built work?"),
                    Word(False, "There is: the site map has a page for them, under Work."),
                ),
                tasks=(
                    ("Site map", "complete"),
                    ("Start page", "in_review"),
                    ("Templates", "in_progress"),
                    ("Moving forty projects", "todo"),
                    ("Two languages", "todo"),
                ),
                hours=(("Concept", 720), ("Start page, design", 410)),
                update=True,
            ),
            Job("Portrait session", "The team at the office and on site.", due_in=80, status="on_hold"),
        ),
        bills=(
            Bill((("Concept and site map", 1, 3600),), 12, State.PARTIALLY_PAID, issued_before=2),
            Bill((("Concept, entered twice", 1, 3600),), 12, State.VOID, issued_before=2),
        ),
    ),
    Patron(
        "Priya Nair",
        "priya@nairdental.example.com",
        "Nair Dental",
        jobs=(
            Job(
                "Booking page",
                "Patients choose a time by themselves; the practice keeps its calendar.",
                due_in=10,
                documents=(Document("Wording.md", Paper.TEXT, "Wording of the booking page"),),
                words=(Word(False, "Please look over the wording, above all the part on cancelling."),),
            ),
            Job("Leaflet", "Six pages on implants.", due_in=-60, status="archived"),
        ),
        bills=(Bill((("Booking page, design", 22.5, 95),), 14, State.SENT, currency="GBP", tax=20),),
    ),
)

FORM: dict[str, Any] = {
    "name": "New project",
    "slug": "new-project",
    "description": "Tell us what you have in mind. We answer within two working days.",
    "fields": [
        {
            "key": "what",
            "label": "What is it about?",
            "type": "select",
            "required": True,
            "options": ["A brand", "A website", "Photographs", "Something else"],
        },
        {"key": "until", "label": "When should it be done?", "type": "date"},
        {"key": "budget", "label": "What may it cost, in euros?", "type": "number"},
    ],
}
LEAD: dict[str, Any] = {
    "name": "Ingrid Solheim",
    "email": "ingrid@solheimcidery.example.com",
    "message": "We press cider and need labels before the harvest. Your work for Fjord is lovely.",
    "answers": {"what": "A brand", "budget": 5000},
}
