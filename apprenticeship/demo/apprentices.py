"""The forty apprentices of the demo, each with the story that their record tells. All of them are made up."""

from apprenticeship.demo.model import Apprentice

APPRENTICES = (
    Apprentice(login="ada", name="Ada Tran", program="machinist", mentor="maria", months=14, done=12,
               waiting=2, on_roster=True, consents=("riverbend",)),
    Apprentice(login="ben", name="Ben Okafor", program="machinist", mentor="maria", months=0, done=0),
    Apprentice(login="cho", name="Cho Park", program="machinist", mentor="tunde", months=20, done=19, due=True,
               on_roster=True),
    Apprentice(login="dina", name="Dina Haddad", program="cnc-machinist-hybrid", mentor="hanh", months=16, done=10,
               waiting=1, college="riverbend", on_roster=True),
)  # fmt: skip
