"""dllint on every folder of a folder, one run each: `python -m tests.benchmarks.corpora FOLDER`.

Prints CPU time, size, time per thousand lines and findings of each, and the totals. Ends with status 1 when a run
could not be done or dllint reported an error of its own (DL000).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.measure import DLLINT, cost, thousand_lines, warm


@dataclass(slots=True)
class Row:
    """One folder, or all of them together. codes: findings by code. wrong: why there is no report, or ""."""

    name: str
    cpu: float = 0.0
    size: float = 0.0
    files: int = 0
    unparsed: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    wrong: str = ""

    def __str__(self) -> str:
        pace = 1000 * self.cpu / self.size if self.size else 0.0
        found = " ".join(f"{code}:{number}" for code, number in sorted(self.codes.items()))
        numbers = f"{self.cpu:8.2f} {self.size:8.1f} {pace:8.1f} {self.files:6} {self.unparsed:9}"
        return f"{self.name[:48]:48} {numbers}  {self.wrong or found}"

    def add(self, other: Row) -> None:
        """Count another row in."""
        self.cpu += other.cpu
        self.size += other.size
        self.files += other.files
        self.unparsed += other.unparsed
        self.codes += other.codes


def main() -> None:
    """Measure folder by folder, print each as it is done, then the totals."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    given = asked.parse_args()
    warm(DLLINT)
    print(f"{'':48} {'CPU s':>8} {'kLOC':>8} {'ms/kLOC':>8} {'files':>6} {'unparsed':>9}  findings")
    rows = []
    for folder in sorted(path for path in given.folder.iterdir() if path.is_dir()):
        rows.append(_row(folder))
        print(rows[-1], flush=True)
    total = Row(f"{len(rows)} folders")
    for row in rows:
        total.add(row)
    print(total)
    sys.exit(any(row.wrong for row in rows) or "DL000" in total.codes)


def _row(folder: Path) -> Row:
    """One run of dllint on one folder."""
    one = cost(DLLINT, folder)
    row = Row(folder.name, one.cpu, thousand_lines(folder))
    if one.status not in (0, 1):
        row.wrong = f"status {one.status}: {one.err.strip()}"
        return row
    report = json.loads(one.out)
    row.files = report["summary"]["files"]
    row.unparsed = report["summary"]["files_not_parsed"]
    row.codes = Counter(finding["code"] for finding in report["findings"])
    return row


if __name__ == "__main__":
    main()
