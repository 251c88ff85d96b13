"""What dllint reports on a repository, advice and mere possibilities included."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.precision.repositories import Repository

DLLINT = (sys.executable, "-m", "dllint", "check", "--no-progress", "--isolated", "--profile", "strict")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One finding on one repository. fingerprint: stays the same when lines move."""

    repository: Repository
    fingerprint: str
    rule: str
    level: str
    confidence: str
    place: str  # path:line
    message: str

    @property
    def key(self) -> tuple[str, str]:
        return self.repository.name, self.fingerprint

    @property
    def shown(self) -> bool:
        """Whether a user who asks for nothing special sees it."""
        return self.level != "advice" and self.confidence != "possible"


def sightings(repository: Repository, checkouts: Path) -> list[Sighting]:
    """The findings of one run in a repository's folder. FileNotFoundError, CalledProcessError."""
    command = [*DLLINT, "--fail-on", "error", "--output-format", "json", "."]
    ran = subprocess.run(command, cwd=repository.folder(checkouts), capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        raise subprocess.CalledProcessError(ran.returncode, command, ran.stdout, ran.stderr)
    return [_sighting(repository, finding) for finding in json.loads(ran.stdout)["findings"]]


def _sighting(repository: Repository, finding: dict[str, Any]) -> Sighting:
    return Sighting(
        repository,
        finding["fingerprint"],
        finding["rule"],
        finding["level"],
        finding["confidence"],
        f"{finding['path']}:{finding['line']}",
        finding["message"],
    )
