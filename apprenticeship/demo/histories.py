"""From a story to the rows that tell it. Pure: today and randomness are given."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID

from apprenticeship.demo import words
from apprenticeship.demo.days import spread, working_days
from apprenticeship.demo.diary import Diary
from apprenticeship.demo.model import Apprentice, Line, Milestone
from apprenticeship.demo.places import BOSS_OF, EMPLOYER_OF, REGISTRAR_OF
from apprenticeship.demo.ways import COURSES, LEVEL_1, WAYS, WORK
from apprenticeship.demo.work import Shift, shifts
from apprenticeship.evidence.model import EvidenceKind, Fact, Status
from apprenticeship.people.model import Stretch
from graph.dates import add_months

QUIET_DAYS = 6  # between the last sign-off and today: what is younger still waits
RECENT = timedelta(days=35)
UNSEEN_SHIFTS = 3
COMPETENT = 3
MARKS = (3, 3, 3, 4)
FALTERS = 0.25
QUARTERS = "riverbend"  # counts in quarter credits: one semester credit is one and a half
GRADES = ("A", "A", "B", "B", "B", "C")
SCORES = ("act-ncrc:ncrc-math", "act-ncrc:ncrc-graphic", "act-ncrc:ncrc-documents")


class History:
    """Writes one apprentice's record.

    Args:
        story: what it tells.
        people: everybody's identifier by login.
        today: the day after the last one that is written about.
        randomness: where nothing else decides.
    """

    def __init__(
        self, story: Apprentice, people: Mapping[str, UUID], today: date, randomness: Random
    ) -> None:
        self.story = story
        self.today = today
        self.randomness = randomness
        self.people = people
        self.mentor = people[story.mentor]
        self.employer = people[BOSS_OF[EMPLOYER_OF[story.mentor]]]
        self.diary = Diary(story.login, people[story.login], randomness)
        self.registered = registered_on(story, today)
        self.until = today if story.left is None else add_months(today, -story.left)
        self.days = working_days(self.registered, self.until, pauses_of(story, today))
        self.quiet = self.until - timedelta(days=QUIET_DAYS)
        self.busy = self.days[: bisect_left(self.days, self.quiet)]

    def lines(self) -> list[Line]:
        """Return every row, each after the one that it follows."""
        self._before_the_program()
        self._way()
        self._early()
        self._courses()
        self._hours()
        self._withdrawn()
        return self.diary.lines

    def _before_the_program(self) -> None:
        first = min(self.registered, self.until - timedelta(days=1))
        for one in self.story.earlier:
            fact = _tested(one.credential, None, add_months(self.today, -one.months))
            self.diary.enter(fact, first, self.employer)
        for name in self.story.waived:
            fact = Fact(
                kind=EvidenceKind.WAIVER, happened_on=first, subject=f"{LEVEL_1}:{name}", waives="competency"
            )
            self.diary.enter(fact, first, self.employer, None, note=words.WAIVED)
        for name, score in zip(SCORES, self.story.scores or (), strict=False):
            fact = Fact(
                kind=EvidenceKind.SCORE, happened_on=first, subject=name, score=score, attested_by="ACT"
            )
            self.diary.enter(fact, first, self.employer)

    def _way(self) -> None:
        way = WAYS[self.story.program]
        done = way[: self.story.done]
        for milestone, day in zip(done, spread(self.busy, len(done), self.randomness), strict=False):
            self._reach(milestone, day)
        recent = working_days(self.quiet, self.until)
        for milestone in way[self.story.done : self.story.done + self.story.waiting]:
            day = self.randomness.choice(recent)
            self.diary.hand_in(_claimed(milestone, day), day, note=self.randomness.choice(words.ASK))
        if self.story.sent_back is not None:
            day = recent[0]
            claimed = self.diary.hand_in(_claimed(way[self.story.sent_back], day), day)
            reason = self.randomness.choice(words.SEND_BACK)
            self.diary.decide(claimed, recent[-1], self.mentor, Status.REJECTED, note=reason)

    def _reach(self, milestone: Milestone, day: date) -> None:
        """Hand in and be signed off a few days later; some competencies take a second try."""
        is_rated = milestone.kind is EvidenceKind.COMPETENCY
        if is_rated and self.randomness.random() < FALTERS and day - self.registered > RECENT:
            before = day - timedelta(days=14 + self.randomness.randrange(7))
            tried = self.diary.hand_in(_claimed(milestone, before), before)
            not_yet = self.randomness.choice(words.NOT_YET)
            self.diary.decide(tried, before, self.mentor, rating=COMPETENT - 1, note=not_yet)
        claimed = self.diary.hand_in(_claimed(milestone, day), day)
        seen = min(day + timedelta(days=self.randomness.randrange(1, 5)), self.until - timedelta(days=1))
        rating = self.randomness.choice(MARKS) if is_rated else None
        note = self.randomness.choice(words.PRAISE)
        self.diary.decide(claimed, seen, self.mentor, rating=rating, note=note)

    def _early(self) -> None:
        for name in self.story.early:
            milestone = Milestone(EvidenceKind.COMPETENCY, f"{LEVEL_1}:{name}")
            day = self.busy[len(self.busy) // 2]
            claimed = self.diary.hand_in(_claimed(milestone, day), day)
            self.diary.decide(claimed, day, self.mentor, rating=COMPETENT)

    def _courses(self) -> None:
        story = self.story
        share = story.done / len(WAYS[story.program])
        count = int(share * len(COURSES)) if story.courses is None else story.courses
        by = self.people[REGISTRAR_OF[story.college]] if story.on_roster else self.employer
        for (course, hours, worth), day in zip(
            COURSES[:count], spread(self.busy, count, self.randomness), strict=False
        ):
            fact = Fact(
                kind=EvidenceKind.COURSE,
                happened_on=day,
                subject=f"ri-machining:{course}",
                minutes=hours * 60,
                work_process="rti",
                college=story.college,
                grade=self.randomness.choice(GRADES),
                credits=worth * 3 // 2 if story.college == QUARTERS else worth,
            )
            self.diary.enter(fact, day, by)

    def _hours(self) -> None:
        """Older shifts come from the time clock; those of the last weeks go through the mentor."""
        worked = shifts(self.days, WORK[self.story.program], self.randomness)
        unseen = worked[-UNSEEN_SHIFTS:] if self.story.waiting else []
        for shift in worked:
            if self.until - shift.day > RECENT:
                self.diary.enter(_hours_of(shift, "time clock"), shift.day, self.employer)
                continue
            logged = self.diary.hand_in(_hours_of(shift, None), shift.day)
            if shift not in unseen:
                self.diary.decide(logged, shift.day, self.mentor)

    def _withdrawn(self) -> None:
        day = working_days(add_months(self.until, -1), self.until)[0]
        for line in list(self.diary.lines):
            fact, status = line.addition.fact, line.addition.status
            name = str(fact.subject).rpartition(":")[2]
            if name in self.story.revoked and line.follows is None and status is Status.SUBMITTED:
                revoked = Fact(kind=EvidenceKind.REVOCATION, happened_on=day)
                self.diary.enter(revoked, day, self.employer, None, note=words.WITHDRAWN, revokes=line)


def registered_on(story: Apprentice, today: date) -> date:
    """Return the Monday on which somebody was registered, so many whole months ago."""
    day = add_months(today, -story.months)
    return day - timedelta(days=day.weekday())


def pauses_of(story: Apprentice, today: date) -> tuple[Stretch, ...]:
    """Return when somebody was suspended."""
    return tuple(
        Stretch(
            since=add_months(today, -one.began),
            until=None if one.months is None else add_months(today, one.months - one.began),
        )
        for one in story.pauses
    )


def _claimed(milestone: Milestone, day: date) -> Fact:
    if milestone.kind is EvidenceKind.COMPETENCY:
        return Fact(kind=milestone.kind, happened_on=day, subject=milestone.subject)
    return _tested(milestone.subject, milestone.part, day)


def _tested(credential: str, part: str | None, day: date) -> Fact:
    issuer = ISSUERS[credential.partition(":")[0]]
    return Fact(
        kind=EvidenceKind.CREDENTIAL, happened_on=day, subject=credential, part=part, attested_by=issuer
    )


ISSUERS = {LEVEL_1: "NIMS", "mssc": "MSSC", "osha": "OSHA trainer"}


def _hours_of(shift: Shift, attested_by: str | None) -> Fact:
    return Fact(
        kind=EvidenceKind.HOURS,
        happened_on=shift.day,
        minutes=shift.minutes,
        work_process=shift.work_process,
        attested_by=attested_by,
    )


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return lines in the order of recording; one that follows another never comes before it."""
    places = {line.name: place for place, line in enumerate(lines)}
    return sorted(lines, key=lambda line: (line.addition.recorded, places[line.name]))
