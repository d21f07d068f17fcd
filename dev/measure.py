"""The figures of the house, for people: make measure, or python -m dev.measure PATH for another tree."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median, quantiles

import grimp

APPS = ("campaign_site", "campaigns", "petitions")
LONG = 300
# Django finds them by their names, and nothing of ours imports them.
NO_ROOMS = ("apps", "migrations")


def main() -> None:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    sys.path.insert(0, str(root))
    report_functions(root)
    report_files(root)
    report_rooms(root)
    report_chains(grimp.build_graph(*APPS, cache_dir=None))


def sources(root: Path) -> Iterator[tuple[Path, str]]:
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


def report_functions(root: Path) -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for _path, text in sources(root)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    print(
        f"functions: {len(lengths)}, lines median {median(lengths):g}, "
        f"p95 {quantiles(lengths, n=20)[-1]:g}, max {max(lengths)}"
    )


def report_files(root: Path) -> None:
    lengths = {path.relative_to(root): len(text.splitlines()) for path, text in sources(root)}
    long = {str(path): length for path, length in lengths.items() if length > LONG}
    print(f"files: {len(lengths)}, lines {sum(lengths.values())}, over {LONG} lines: {long or 'none'}")


def report_rooms(root: Path) -> None:
    """How many modules stand in each room; those that stand flat in an app count as one room."""
    rooms: Counter[str] = Counter()
    for path, _text in sources(root):
        app, *inner = path.relative_to(root).parts
        if path.name != "__init__.py" or len(inner) > 1:
            rooms[f"{app}/{inner[0]}" if len(inner) > 1 else f"{app} (flat)"] += 1
    print("modules a room: " + ", ".join(f"{room} {count}" for room, count in rooms.most_common()))


def report_chains(graph: grimp.ImportGraph) -> None:
    for app in APPS:
        rooms = {room for room in graph.find_children(app) if room.rpartition(".")[2] not in NO_ROOMS}
        below = {room: {other for other in rooms - {room} if imports(graph, room, other)} for room in rooms}
        circles = [f"{room} <> {other}" for room in rooms for other in below[room] if room in below[other]]
        if circles:
            print(f"{app}: {len(rooms)} rooms, in circles: {', '.join(sorted(circles))}")
        else:
            chain = longest(below)
            names = " > ".join(room.removeprefix(f"{app}.") for room in chain)
            print(f"{app}: {len(rooms)} rooms, the longest chain has {len(chain)}: {names}")


def imports(graph: grimp.ImportGraph, room: str, other: str) -> bool:
    return graph.direct_import_exists(importer=room, imported=other, as_packages=True)


def longest(below: dict[str, set[str]]) -> list[str]:
    """The longest way down. Raises CycleError where rooms stand in a circle of three or more."""
    tuple(TopologicalSorter(below).static_order())

    @cache
    def chain(room: str) -> list[str]:
        ways = [chain(other) for other in sorted(below[room])]
        return [room, *max(ways, key=len, default=[])]

    return max((chain(room) for room in sorted(below)), key=len)


if __name__ == "__main__":
    main()
