"""What mentors and apprentices of the demo write beside evidence."""

PRAISE = (
    "Clean setup, all dimensions in tolerance.",
    "Checked against the drawing, nothing to add.",
    "Two parts in a row without a correction.",
    "Explained every step before making the first cut.",
    None,
    None,
    None,
)
NOT_YET = (
    "Good start. Once more with less help.",
    "Dimensions hold, surface does not yet.",
    "Repeat after the next job on this machine.",
)
SEND_BACK = (
    "Please add the inspection sheet: the second bore is not measured.",
    "Wrong revision of the drawing. Hand it in again with revision C.",
    "The photo does not show the setup that you describe.",
)
ASK = (
    "Job 4471, inspection sheet is in the folder.",
    "Part and sheet are on the surface plate.",
    "Done on Tuesday's order, second shift saw it.",
    None,
    None,
)
DENIED = "Three logs of the last quarter came late. We look at it again after the review."
APPEAL = "The step asks for tests and sign-offs, not for logs, and all of them are there since spring."
SYLLABUS = "The course office has no syllabus for this on file; ask again when your school has sent it."
WITHDRAWN = "The issuer withdrew it: the performance part was judged by an evaluator without authority."
WAIVED = "Several years in this trade before the program, seen at work by the sponsor."
