class StackRefused(Exception):  # noqa: N818 (a refusal is told to a person in one sentence, it is not a defect)
    """The stack cannot start; the text is one sentence that says what is wrong and what to do."""
