"""What can go wrong, said so that a person can act on it: what, where, and what next."""


class TestimoniaError(Exception):
    """Root of all errors that are meant for people.

    ``what`` is the fact, ``where`` the file, place or option it concerns, ``hint`` what can be done next.
    ``str()`` joins them to one sentence or two.
    """

    def __init__(self, what: str, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        sentence = sentence if sentence.endswith((".", "?", "!")) else sentence + "."
        return f"{sentence} {self.hint}" if self.hint else sentence


class Refused(TestimoniaError):  # noqa: N818
    """A source that cannot be read; the rest of the archive goes on without it."""


class BaseError(TestimoniaError):
    """An evidence base that cannot be opened, is of another version, or cannot be written."""


class InputError(TestimoniaError):
    """A question, option or input row that cannot be used."""


class RuleError(TestimoniaError):
    """A word list or rule file under ``language/`` that does not have its declared form."""
