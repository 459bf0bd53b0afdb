from apprenticeship.people.tables import PersonTable


async def alone() -> None:
    """Be the only one who loads the demo until the transaction ends."""
    await PersonTable.raw("SELECT pg_advisory_xact_lock(hashtext('demo'))")


async def anybody() -> bool:
    """Tell whether there is any person or organisation at all."""
    rows = await PersonTable.raw(
        "SELECT EXISTS (SELECT FROM person) OR EXISTS (SELECT FROM organisation) AS found"
    )
    return bool(rows[0]["found"])
