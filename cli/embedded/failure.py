"""What is told to a person when something cannot be started: what is wrong and how to mend it."""


class CannotStart(Exception):
    """A server or the whole suite cannot be started; `mend` says what to do about it."""

    def __init__(self, problem: str, *, mend: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.mend = mend
