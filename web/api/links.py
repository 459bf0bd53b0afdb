"""OpenAPI links: where an answer names what another operation asks about."""

ANSWER = "$response.body#"
LEARNER = {"learner_id": f"{ANSWER}/learners/0/id"}
SAME_LEARNER = {"learner_id": "$request.path.learner_id"}
IMPORT = {"import_id": f"{ANSWER}/id"}
FIRST = f"{ANSWER}/standards/0/id"

LINKS: dict[str, dict[str, dict[str, str]]] = {
    "listLearners": {
        "readStanding": LEARNER,
        "explainGoal": LEARNER,
        "readProgress": LEARNER,
        "askWhatIf": LEARNER,
        "listNextSteps": LEARNER,
        "planGoal": LEARNER,
        "listEvidence": LEARNER,
        "handInEvidence": LEARNER,
        "readLadder": LEARNER,
        "decideRaise": LEARNER,
        "readCredit": LEARNER,
    },
    "listEvidence": {"readEvidence": {**SAME_LEARNER, "evidence_id": f"{ANSWER}/evidence/0/id"}},
    "handInEvidence": {"readEvidence": {**SAME_LEARNER, "evidence_id": f"{ANSWER}/id"}},
    "decideRaise": {"undoRaiseDecision": {**SAME_LEARNER, "decision_id": f"{ANSWER}/id"}},
    "checkRoster": {"readImport": IMPORT, "decideImport": IMPORT},
    "readCredit": {
        "readAgreementCredit": {**SAME_LEARNER, "agreement_id": f"{ANSWER}/agreements/0/agreement"}
    },
    "giveConsent": {"takeConsentBack": {"consent_id": f"{ANSWER}/id"}},
    "listFrameworks": {
        "readFramework": {"framework_id": FIRST},
        "readFrameworkMetrics": {"framework_id": FIRST},
    },
    "listPrograms": {"readProgram": {"program_id": FIRST}},
    "listAgreements": {"readAgreement": {"agreement_id": FIRST}},
    "listDegrees": {"readDegree": {"degree_id": FIRST}},
}
