"""Markdown as a flat list of blocks that a template sets one after the other; runs in a worker process only.

CommonMark and tables. Nothing in it is ever taken for Typst or HTML: a block is data, whose text is text. Pictures are
their description, and a link tells its address beside its text, so that it stands on paper too.
"""

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

# Deeper lists and quotes are set no deeper than this.
MAX_DEPTH = 8

Block = dict[str, object]
_BULLETS = ("•", "◦", "–")


@dataclass(slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False


@dataclass(slots=True)
class _Item:
    """The list that is open, and whether its present item has shown its mark."""

    is_ordered: bool
    mark: str = ""


@dataclass(slots=True)
class _Walk:
    blocks: list[Block] = field(default_factory=list)
    lists: list[_Item] = field(default_factory=list)
    quotes: int = 0
    level: int = 0
    row: list[list[dict[str, object]]] | None = None

    def take(self, token: "Token") -> None:
        """Go on by one token."""
        match token.type:
            case "heading_open":
                self.level = int(token.tag[1:])
            case "heading_close":
                self.level = 0
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append(_Item(token.type == "ordered_list_open"))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                bullet = _BULLETS[min(len(self.lists), len(_BULLETS)) - 1]
                self.lists[-1].mark = f"{token.info}{token.markup}" if self.lists[-1].is_ordered else bullet
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case _:
                self._take_content(token)

    def _take_content(self, token: "Token") -> None:
        match token.type:
            case "inline" if self.row is not None:
                self.row.append(_runs(token))
            case "inline":
                self._add("heading" if self.level else "text", runs=_runs(token))
            case "fence" | "code_block":
                self._add("code", runs=[asdict(Run(token.content.rstrip("\n"), code=True))])
            case "hr":
                self._add("rule", runs=[])
            case "table_open":
                self._add("table", runs=[], rows=[])
            case "tr_open":
                self.row = []
            case "tr_close":
                self.blocks[-1]["rows"].append(self.row)  # type: ignore[attr-defined]
                self.row = None

    def _add(self, kind: str, **more: object) -> None:
        mark = ""
        if self.lists:
            mark, self.lists[-1].mark = self.lists[-1].mark, ""
        depth = min(len(self.lists) + self.quotes, MAX_DEPTH)
        self.blocks.append(
            {"kind": kind, "depth": depth, "quoted": self.quotes > 0, "mark": mark, "level": self.level, **more}
        )


def blocks_of(markdown: str) -> list[Block]:
    """The blocks of a text, first to last."""
    from markdown_it import MarkdownIt

    walk = _Walk()
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown):
        walk.take(token)
    return walk.blocks


def _runs(inline: "Token") -> list[dict[str, object]]:
    """The text of a block; nested styles add up."""
    runs: list[Run] = []
    open_styles = {"strong": 0, "em": 0}
    links: list[tuple[str, int]] = []
    for token in inline.children or []:
        name = token.type.rpartition("_")[0]
        if name in open_styles:
            open_styles[name] += token.nesting
        elif token.type == "link_open":
            links.append((str(token.attrs.get("href", "")), len(runs)))
        elif token.type == "link_close":
            href, begin = links.pop()
            _tell_address(runs, href, begin)
        else:
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            strong, emphasis = (open_styles[style] > 0 for style in ("strong", "em"))
            runs.append(Run(_printable(text), strong, emphasis, code=token.type == "code_inline"))
    return [asdict(run) for run in runs if run.text]


def _tell_address(runs: list[Run], href: str, begin: int) -> None:
    shown = "".join(run.text for run in runs[begin:])
    if href and href.removeprefix("mailto:") != shown:
        runs.append(Run(f" ({_printable(href)})"))


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char in "\n\t\u00a0\u200b\u200c\u200d")
