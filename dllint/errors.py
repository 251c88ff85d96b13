"""What goes wrong for a reason that is the user's to mend."""

from __future__ import annotations


class CannotCheck(Exception):
    """The job could not be done: one line that says what, where, and what to do. Base of every other one."""
