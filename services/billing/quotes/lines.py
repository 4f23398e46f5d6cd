"""What a quote offers: an invoice's lines, some of which the client may leave."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.errors import Invalid
from services.billing.invoices.lines import Content, public_form, restored_line, stored_line
from services.billing.invoices.totals import Discount, Line, Totals


@dataclass(frozen=True, slots=True)
class Offer:
    """Lines and which of them are optional, by index; computed by the rules of invoices."""

    currency: str
    lines: tuple[Line, ...]
    optional: frozenset[int]
    tax_inclusive: bool = False
    discount: Discount | None = None

    def require_billable(self) -> None:
        """Raise Invalid when the whole of it comes to nothing or too much, or without its optional lines cannot be."""
        if self.content(self.optional).totals().total_minor <= 0:
            raise Invalid.field("lines", "must come to more than 0")
        self.content(()).totals()

    def require_choice(self, chosen: Sequence[int]) -> None:
        """Raise Invalid unless these are optional lines, each once, and something is left to be done."""
        if not set(chosen) <= self.optional or len(set(chosen)) != len(chosen):
            raise Invalid.field("optionalLines", "must be the indexes of optional lines, each once, counted from 0")
        if not chosen and len(self.optional) == len(self.lines):
            raise Invalid.field("optionalLines", "must name at least one line: all lines of this quote are optional")

    def totals(self, chosen: Collection[int] = ()) -> Totals:
        """What it comes to with these optional lines."""
        return self.content(chosen).totals()

    def public_form(self, chosen: Collection[int] = ()) -> dict[str, Any]:
        """`lines` with all that is offered; `discount`, and `taxes` of what the totals hold."""
        whole, taken = self.content(self.optional), self.content(chosen)
        lines = public_form(whole, whole.totals())["lines"]
        marked = [{**line, "optional": index in self.optional} for index, line in enumerate(lines)]
        return {**public_form(taken, taken.totals()), "lines": marked}

    def stored_lines(self) -> list[dict[str, Any]]:
        """The lines as JSON without loss."""
        return [{**stored_line(line), "optional": index in self.optional} for index, line in enumerate(self.lines)]

    def content(self, chosen: Collection[int]) -> Content:
        """What is billed where these optional lines are taken."""
        taken = [line for index, line in enumerate(self.lines) if index not in self.optional or index in chosen]
        return Content(self.currency, tuple(taken), self.tax_inclusive, self.discount)


def restored_lines(stored: Sequence[dict[str, Any]]) -> tuple[tuple[Line, ...], frozenset[int]]:
    """The lines that `stored_lines` wrote, and which are optional."""
    optional = frozenset(index for index, line in enumerate(stored) if line["optional"])
    return tuple(restored_line(line) for line in stored), optional
