"""The writer that needs no machine: the same facts always give the same words."""

from datetime import date

from services.projects.updates.facts import Facts

NAMED_AT_MOST = 5

_STATUS = {
    "active": "Work on {project} is under way.",
    "on_hold": "{project} is on hold at the moment.",
    "completed": "{project} is complete.",
    "archived": "{project} is complete and has been archived.",
}


def write_plainly(facts: Facts) -> str:
    """An update of a few short paragraphs."""
    opening = _STATUS[facts.status].format(project=facts.project)
    paragraphs = [" ".join([opening, *_state(facts)])]
    news = _news(facts)
    if news:
        paragraphs.append(f"Since {_day(facts.since)}:\n" + "\n".join(f"- {line}" for line in news))
    else:
        paragraphs.append(f"There is nothing new to report since {_day(facts.since)}.")
    if facts.waiting:
        paragraphs.append(f"Waiting for you: please have a look at {_names(facts.waiting)}.")
    paragraphs.append("If you have questions, write to us in the project's messages.")
    return "\n\n".join(paragraphs)


def _state(facts: Facts) -> list[str]:
    said = []
    if facts.progress and facts.status in ("active", "on_hold"):
        said.append(f"{facts.progress} % of its tasks are done.")
    if facts.due_on and facts.status in ("active", "on_hold"):
        verb = "was due" if facts.due_on < facts.today else "is due"
        said.append(f"It {verb} on {_day(facts.due_on)}.")
    return said


def _news(facts: Facts) -> list[str]:
    lines = [
        ("Tasks done: {}.", facts.tasks_done),
        ("New files: {}.", facts.new_files),
        ("You approved {}.", facts.approved),
        ("You asked for changes to {}.", facts.changes_requested),
        ("You signed {}.", facts.signed),
    ]
    news = [line.format(_names(names)) for line, names in lines if names]
    received, sent = facts.messages_from_client, facts.messages_from_agency
    if received or sent:
        news.append(f"Messages: {received} from you, {sent} from us.")
    return news


def _names(names: tuple[str, ...]) -> str:
    named, more = list(names[:NAMED_AT_MOST]), len(names) - NAMED_AT_MOST
    if more > 0:
        named.append(f"{more} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
