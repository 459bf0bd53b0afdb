class StackRefused(Exception):  # noqa: N818 (a refusal is told to a person in one sentence, it is not a defect)
    """The stack cannot start; the text is one sentence that says what is wrong and what to do."""


class StackFailed(Exception):  # noqa: N818 (as StackRefused)
    """A part of the stack ended when it should not have; the text is one sentence."""
