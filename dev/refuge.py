"""A place in /var/tmp for root's database, when its owner cannot reach the folder it should be in.

Opening the parent folders instead, /root for example, would show them to everyone on the machine.
"""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

PLACE = Path("/var/tmp")
PREFIX = "sister-city-campaigns-"
HAS_PROC = Path("/proc/self/cwd").exists()


def refuge_for(folder: Path) -> Path | None:
    """None when someone else took the name: /var/tmp is open to all."""
    home = PLACE / (PREFIX + hashlib.sha256(os.fsencode(folder)).hexdigest()[:12])
    if not home.exists():
        remove_abandoned()
    home.mkdir(mode=0o755, exist_ok=True)
    if not is_ours(home):
        return None
    home.chmod(0o755)
    (home / "belongs-to").write_bytes(os.fsencode(folder))
    return home


def remove_abandoned() -> None:
    """Those whose folder was deleted, as the folders of tests and of trial clones are."""
    for home in PLACE.glob(PREFIX + "*"):
        with suppress(OSError):
            folder = Path(os.fsdecode((home / "belongs-to").read_bytes()))
            if is_ours(home) and not folder.exists() and not processes_in(home / "data"):
                shutil.rmtree(home)


def is_ours(home: Path) -> bool:
    return not home.is_symlink() and home.stat().st_uid == os.geteuid()


def copy_of(wheel: Path, home: Path) -> Path:
    """The binaries where everyone can read them, copied again when the wheel changes."""
    target = home / f"binaries-{wheel.stat().st_mtime_ns}"
    if not target.exists():
        for old in home.glob("binaries-*"):
            shutil.rmtree(old)
        unfinished = home / "binaries-unfinished"
        # The programs find their libraries in the folder beside the package.
        for source in (wheel, wheel.with_name(wheel.name + ".libs")):
            skip = shutil.ignore_patterns("pginstall", "include")
            shutil.copytree(source, unfinished / source.name, ignore=skip)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(target)
    return target / wheel.name


def processes_in(folder: Path) -> set[int]:
    """Processes that work in this folder, as all of PostgreSQL's do in their data; zombies do not."""
    found = set()
    for link in Path("/proc").glob("[0-9]*/cwd") if HAS_PROC else ():
        with suppress(OSError):
            if os.readlink(link) == str(folder.resolve()):
                found.add(int(link.parent.name))
    return found
