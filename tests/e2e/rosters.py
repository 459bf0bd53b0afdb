"""Roster files, and handing one in."""

from playwright.sync_api import FilePayload, Page, expect

HEADING = "number,name,program,registered,credential,part,hours,work process,date"


def file(name: str, rows: list[str]) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join([HEADING, *rows]).encode()}


def check(page: Page, payload: FilePayload) -> None:
    page.goto("/imports")
    page.get_by_label("File").set_input_files(payload)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(payload["name"])


def person(number: int) -> str:
    return f"K-{number},Pat Number {number},machinist,2026-01-05,mms,,,,2026-02-10"
