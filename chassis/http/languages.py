"""In which language a page is written: as chosen on the device, else as the browser asks for."""

from collections.abc import Collection

from starlette.requests import Request

DEFAULT_LANGUAGE = "en"
# Set by the web front end where its reader chooses a language.
COOKIE = "portico-language"


def language_for(request: Request, known: Collection[str]) -> str:
    """The language of `known` for whoever asks; English where there is none of theirs."""
    return preferred(request.cookies.get(COOKIE) or request.headers.get("accept-language", ""), known)


def preferred(accepted: str, known: Collection[str]) -> str:
    """The first language of an Accept-Language header's that is among `known`; English where there is none."""
    wishes = (wish.partition(";q=") for wish in accepted.replace(" ", "").lower().split(","))
    ranked = sorted(wishes, key=lambda wish: _quality(wish[2]), reverse=True)
    primary = (tag.partition("-")[0] for tag, _, _ in ranked)
    return next((language for language in primary if language in known), DEFAULT_LANGUAGE)


def _quality(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
