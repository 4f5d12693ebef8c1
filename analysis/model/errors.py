"""The one family of errors whose message is a sentence for the person at the screen."""

from __future__ import annotations


class AnalysisError(Exception):
    """A question that cannot be answered, with a sentence that says why and what to do."""


class PeriodError(AnalysisError):
    """A period is malformed, lies outside what is held, or does not match its partner."""


class AreaError(AnalysisError):
    """An area has no ground, or ground that may not be compared as asked."""


class ContractError(AnalysisError):
    """A table does not have the columns or types that its contract names."""


class NeedsInputError(AnalysisError):
    """The answer needs an input that is not held (a lookup, boundaries, a longer history)."""


class RefusedError(AnalysisError):
    """A file or a part of one was refused; the sentence names it, what is wrong and what to do."""
