"""dllint and TorchFix on the same tree, in turns: `python -m tests.benchmarks.against_torchfix TREE --torchfix PATH`.

Prints the median CPU time of each (user and system, children included), the time per thousand lines, and how many
times less dllint takes. TorchFix comes from an environment of its own; both find their bytecode compiled.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import DLLINT, Cost, cost, thousand_lines, warm


def main() -> None:
    """Measure, print, and end with status 1 when a run of dllint failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("tree", type=Path, help="the folder that both read")
    asked.add_argument("--torchfix", required=True, help="its executable")
    asked.add_argument("--runs", type=int, default=5, help="of each; default 5")
    given = asked.parse_args()
    commands = {"dllint": DLLINT, "torchfix": (given.torchfix,)}
    for command in commands.values():
        warm(command)
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(1, given.runs + 1):
        for name, command in commands.items():
            runs[name].append(one := cost(command, given.tree))
            print(f"run {number}: {name:8} {one.cpu:7.2f} s CPU, {one.wall:7.2f} s, status {one.status}", flush=True)
    _summary(runs, thousand_lines(given.tree))
    sys.exit(any(one.status not in (0, 1) for one in runs["dllint"]))


def _summary(runs: dict[str, list[Cost]], size: float) -> None:
    medians = {name: median(one.cpu for one in costs) for name, costs in runs.items()}
    print(f"\n{size:.1f} kLOC, medians of {len(runs['dllint'])} runs")
    for name, cpu in medians.items():
        print(f"{name:8} {cpu:7.2f} s CPU {1000 * cpu / size:9.1f} ms/kLOC")
    print(f"dllint takes {medians['torchfix'] / medians['dllint']:.1f} times less")


if __name__ == "__main__":
    main()
