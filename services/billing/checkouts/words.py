"""What the payment page says, in English and German."""

from collections.abc import Callable
from datetime import date

from chassis.errors import PorticoError
from chassis.money import printed
from services.billing.checkouts.service import NoOnlinePayment
from services.billing.invoices.parts import PaymentNotOffered
from services.billing.papers.sheets import written_day
from services.billing.providers.protocol import PayerEmailMissing

_ENGLISH = {
    "invoice": "Invoice {number}",
    "title": "Invoice {number} from {agency}",
    "due": "Due on {date}",
    "was_due": "Was due on {date}",
    "deposit": "Deposit, due on {date}. In all {amount} is due on {all_date}.",
    "late_deposit": "Deposit, due on {date}. In all {amount} was due on {all_date}.",
    "waits": "If you have just paid, the confirmation arrives in a moment. This page looks again by itself.",
    "pay": "Pay {amount}",
    "other": "Or another amount in {currency}, from {least}",
    "pay_other": "Pay this amount",
    "pay_all": "Pay all {amount}",
    "paid": "This invoice is paid. Thank you.",
    "void": "This invoice is void. Nothing is due.",
    "portal": "Go to the portal",
    "gone": "This payment link does not work",
    "gone_text": "Open it again from the mail or the portal, in full. If it still does not work, ask the agency for a"
    " new one.",
    "range": "Enter an amount from {least} to {most}.",
}
_GERMAN = {
    "invoice": "Rechnung {number}",
    "title": "Rechnung {number} von {agency}",
    "due": "Fällig am {date}",
    "was_due": "War fällig am {date}",
    "deposit": "Anzahlung, fällig am {date}. Insgesamt sind {amount} am {all_date} fällig.",
    "late_deposit": "Anzahlung, fällig am {date}. Insgesamt waren {amount} am {all_date} fällig.",
    "waits": "Falls Sie gerade bezahlt haben, kommt die Bestätigung gleich. Diese Seite sieht von selbst wieder nach.",
    "pay": "{amount} zahlen",
    "other": "Oder einen anderen Betrag in {currency}, ab {least}",
    "pay_other": "Diesen Betrag zahlen",
    "pay_all": "Alles zahlen: {amount}",
    "paid": "Diese Rechnung ist bezahlt. Vielen Dank.",
    "void": "Diese Rechnung ist storniert. Es ist nichts zu zahlen.",
    "portal": "Zum Portal",
    "gone": "Dieser Zahlungslink geht nicht",
    "gone_text": "Öffnen Sie ihn noch einmal ganz aus der E-Mail oder dem Portal. Geht er dann immer noch nicht, bitten"
    " Sie die Agentur um einen neuen.",
    "range": "Geben Sie einen Betrag von {least} bis {most} ein.",
}
_WORDS = {"en": _ENGLISH, "de": _GERMAN}
LANGUAGES = tuple(_WORDS)

_GERMAN_REFUSALS: dict[type[PorticoError], str] = {
    NoOnlinePayment: "Diese Agentur nimmt zurzeit keine Zahlungen im Netz an. Fragen Sie sie, wie Sie zahlen können.",
    PayerEmailMissing: "Für die Zahlung im Netz braucht es Ihre E-Mail-Adresse, und die Agentur hat keine von Ihnen."
    " Bitten Sie sie, Ihre einzutragen.",
    PaymentNotOffered: "Dieser Betrag lässt sich gerade nicht zahlen.",
}
_GERMAN_REFUSAL = (
    "Die Zahlung ließ sich nicht beginnen, und es wurde nichts abgebucht. Versuchen Sie es gleich noch einmal, oder"
    " fragen Sie die Agentur."
)
_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_GERMAN_SIGNS = str.maketrans(",.", ".,")


def sayer(language: str) -> Callable[..., str]:
    """What says the texts of a language: `say("due", date="3 March 2027")`."""
    words = _WORDS[language]
    return lambda key, **values: words[key].format(**values)


def money(language: str, minor: int, currency: str) -> str:
    """1,499.50 EUR, in German 1.499,50 EUR."""
    text = printed(minor, currency)
    return text.translate(_GERMAN_SIGNS) if language == "de" else text


def day(language: str, day: date | None) -> str:
    """31 March 2026, in German 31. März 2026; nothing without a day."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}" if day and language == "de" else written_day(day)


def refusal(language: str, kind: type[PorticoError], detail: str) -> str:
    """Why something was refused; German has one sentence for all that a payer cannot do anything about."""
    return _GERMAN_REFUSALS.get(kind, _GERMAN_REFUSAL) if language == "de" else detail
