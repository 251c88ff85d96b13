"""Which files a run is about: found, prefiltered, and linked by their imports. Nothing here parses Python."""

from dllint.project.discovery import MissingPath
from dllint.project.project import Project, open_project
from dllint.project.suppressions import Suppression, Suppressions

__all__ = ["MissingPath", "Project", "Suppression", "Suppressions", "open_project"]
