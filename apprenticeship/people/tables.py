from piccolo.columns import UUID, BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

KEPT = OnDelete.restrict


class PersonTable(Table, tablename="person"):
    id = UUID(primary_key=True, default=None)
    name = Text()
    created_at = Timestamptz(default=None)


class OrganisationTable(Table, tablename="organisation"):
    id = UUID(primary_key=True, default=None)
    kind = Text()
    key = Text(unique=True)
    name = Text(unique=True)
    created_at = Timestamptz(default=None)


class RoleTable(Table, tablename="role_held"):
    id = BigSerial(primary_key=True)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    role = Text()
    organisation = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    since = Date(default=None)
    until = Date(null=True, default=None)


class EmploymentTable(Table, tablename="employment"):
    id = BigSerial(primary_key=True)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    employer = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    since = Date(default=None)
    until = Date(null=True, default=None)


class MentorTable(Table, tablename="mentor_assignment"):
    id = BigSerial(primary_key=True)
    mentor = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    apprentice = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    organisation = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    since = Date(default=None)
    until = Date(null=True, default=None)


class ConsentTable(Table, tablename="consent"):
    id = UUID(primary_key=True, default=None)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    organisation = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    purpose = Text()
    since = Date(default=None)
    until = Date(null=True, default=None)
    given_at = Timestamptz(default=None)
    revoked_at = Timestamptz(null=True, default=None)


class CollegeRosterTable(Table, tablename="college_roster"):
    id = BigSerial(primary_key=True)
    college = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    since = Date(default=None)
    until = Date(null=True, default=None)


class NumberTable(Table, tablename="person_number"):
    id = BigSerial(primary_key=True)
    organisation = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    number = Text()
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class FindableTable(Table, tablename="findable"):
    """Leave to be found by employers who hire; without an employer by any."""

    id = UUID(primary_key=True, default=None)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    employer = ForeignKey(OrganisationTable, on_delete=KEPT, null=True)
    shown_as = Text()
    since = Date(default=None)
    until = Date(default=None)
    given_at = Timestamptz(default=None)


class FindableEndTable(Table, tablename="findable_end"):
    findable = ForeignKey(FindableTable, on_delete=KEPT, null=False, primary_key=True)
    revoked_at = Timestamptz(default=None)


class CreditShareTable(Table, tablename="credit_share"):
    """Consent to an employer to see college credit; apart from the consents to colleges."""

    id = UUID(primary_key=True, default=None)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    employer = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    purpose = Text()
    signed_as = Text()
    since = Date(default=None)
    until = Date(null=True, default=None)
    given_at = Timestamptz(default=None)


class CreditShareEndTable(Table, tablename="credit_share_end"):
    credit_share = ForeignKey(CreditShareTable, on_delete=KEPT, null=False, primary_key=True)
    revoked_at = Timestamptz(default=None)
