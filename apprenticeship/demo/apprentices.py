"""The forty apprentices of the demo, each with the story that their record tells. All of them are made up."""

from apprenticeship.demo.model import Apprentice, Earlier, Leave, Pause

MACHINIST, HYBRID, OPERATOR = "machinist", "cnc-machinist-hybrid", "cnc-operator-turning"
LAKESIDE, RIVERBEND = Leave("lakeside"), Leave("riverbend")
TECHNICIAN = tuple(f"mssc:cpt-{module}" for module in ("safety", "quality", "processes", "maintenance"))
STALE = tuple(Earlier(module, 66 - months) for months, module in enumerate(TECHNICIAN))
RUNNING_OUT = tuple(Earlier(module, 62 - months) for months, module in enumerate(TECHNICIAN))
HALF = tuple(Earlier(module, 20) for module in TECHNICIAN[:2])

# A table reads by its rows.
# fmt: off
APPRENTICES = (
    # Keystone, with Maria: from the first day to one thing short of the fourth step
    Apprentice("ada", "Ada Tran", MACHINIST, "maria", 14, 12, waiting=2,
               on_roster=True, consents=(RIVERBEND,), scores=(6, 5, 5)),
    Apprentice("ben", "Ben Okafor", MACHINIST, "maria", 0, 0),
    Apprentice("jorge", "Jorge Castillo", MACHINIST, "maria", 9, 6, due=True, on_roster=True),
    Apprentice("nadia", "Nadia Rahman", MACHINIST, "maria", 17, 9, waiting=1,
               early=("square-block", "vertical-milling"), consents=(LAKESIDE,)),
    Apprentice("kofi", "Kofi Mensah", MACHINIST, "maria", 24, 18, waiting=1, on_roster=True, scores=(5, 5, 6)),
    Apprentice("lena", "Lena Fischer", MACHINIST, "maria", 5, 3, waiting=1, waived=("layout",)),
    Apprentice("marcus", "Marcus Bell", MACHINIST, "maria", 33, 26, on_roster=True, consents=(RIVERBEND,)),
    # Keystone, with Tunde: raises, and what can go wrong
    Apprentice("cho", "Cho Park", MACHINIST, "tunde", 21, 19, due=True, on_roster=True),
    Apprentice("dmitri", "Dmitri Sokolov", MACHINIST, "tunde", 23, 17, revoked=("drl1",), consents=(LAKESIDE,)),
    Apprentice("yara", "Yara Nassar", MACHINIST, "tunde", 12, 8, waiting=1, sent_back=9, revoked=("jpbl",)),
    Apprentice("tyrone", "Tyrone Banks", MACHINIST, "tunde", 18, 10, pauses=(Pause(10, 3),), denied=True,
               on_roster=True),
    Apprentice("mei", "Mei Chen", MACHINIST, "tunde", 16, 13, due=True, scores=(7, 6, 6), consents=(RIVERBEND,)),
    Apprentice("owen", "Owen Gallagher", MACHINIST, "tunde", 2, 1, waiting=1),
    Apprentice("fatima", "Fatima Diallo", MACHINIST, "tunde", 29, 25, waiting=1, on_roster=True),
    # Keystone, with Walt: machinists late in the program, and operators
    Apprentice("hector", "Hector Villanueva", MACHINIST, "walt", 27, 23, waiting=1,
               college="riverbend", on_roster=True),
    Apprentice("simone", "Simone Laurent", MACHINIST, "walt", 39, 26, consents=(LAKESIDE, RIVERBEND)),
    Apprentice("raj", "Raj Patel", MACHINIST, "walt", 28, 24, due=True, college="riverbend", on_roster=True),
    Apprentice("ellie", "Ellie Tsosie", MACHINIST, "walt", 8, 5, waiting=1,
               consents=(Leave("lakeside", began=9, until=-2),)),
    Apprentice("brent", "Brent Larsen", OPERATOR, "walt", 3, 6, waiting=2),
    Apprentice("aisha", "Aisha Warsame", OPERATOR, "walt", 13, 21, due=True, on_roster=True),
    Apprentice("paolo", "Paolo Conti", OPERATOR, "walt", 22, 32, consents=(LAKESIDE,)),
    # Harbor, with Hanh: hours and competencies together
    Apprentice("dina", "Dina Haddad", HYBRID, "hanh", 16, 10, waiting=1, college="riverbend", on_roster=True),
    Apprentice("gus", "Gus Papadakis", HYBRID, "hanh", 26, 14, due=True, earlier=STALE, consents=(RIVERBEND,)),
    Apprentice("tala", "Tala Reyes", HYBRID, "hanh", 0, 0, scores=(4, 4, 5)),
    Apprentice("ivan", "Ivan Horvat", HYBRID, "hanh", 47, 26, courses=10, college="riverbend", on_roster=True),
    Apprentice("keisha", "Keisha Monroe", HYBRID, "hanh", 11, 6, waiting=1, earlier=HALF, consents=(LAKESIDE,)),
    Apprentice("soren", "Søren Holm", HYBRID, "hanh", 19, 9, pauses=(Pause(2),)),
    # Harbor, with Greta
    Apprentice("amina", "Amina Yusuf", HYBRID, "greta", 33, 20, waiting=1, college="riverbend", on_roster=True),
    Apprentice("caleb", "Caleb Wright", HYBRID, "greta", 7, 3, early=("drill-press",), waiting=1),
    Apprentice("noor", "Noor Siddiqui", HYBRID, "greta", 22, 13, earlier=RUNNING_OUT, waiting=1, consents=(RIVERBEND,)),
    Apprentice("luis", "Luis Fuentes", HYBRID, "greta", 41, 24, waiting=2, courses=9),
    Apprentice("freya", "Freya Nilsen", HYBRID, "greta", 14, 7, sent_back=7, college="riverbend", on_roster=True),
    Apprentice("darius", "Darius Coleman", HYBRID, "greta", 13, 4, left=3,
               consents=(Leave("riverbend", began=8, revoked=3),)),
    # Harbor, with Elias: operators, raised on hours
    Apprentice("wei", "Wei Zhang", OPERATOR, "elias", 6, 11, waiting=1, college="riverbend"),
    Apprentice("bianca", "Bianca Rossi", OPERATOR, "elias", 12, 19, waiting=1, college="riverbend", on_roster=True),
    Apprentice("joel", "Joel Kamau", OPERATOR, "elias", 17, 27, due=True, college="riverbend", consents=(RIVERBEND,)),
    Apprentice("hana", "Hana Kobayashi", OPERATOR, "elias", 21, 31, waiting=1,
               earlier=(Earlier("mssc:cla", 70), Earlier("mssc:clt", 64))),
    Apprentice("tomas", "Tomáš Dvořák", OPERATOR, "elias", 9, 12, early=("housekeeping",), consents=(LAKESIDE,)),
    Apprentice("zoe", "Zoë Martin", OPERATOR, "elias", 0, 0),
    Apprentice("arjun", "Arjun Nair", OPERATOR, "elias", 15, 18, waiting=1, sent_back=19, college="riverbend"),
)
# fmt: on
