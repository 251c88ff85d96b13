"""Shapes of what torch's functions and layers give, from the shapes of what they are given.

Nothing here knows where a shape comes from: infer and a run ask the same functions.
"""

from dllint.shapes.facts import UNKNOWN, Clash, Facts, Result
from dllint.shapes.table import KEPT, function

__all__ = ["KEPT", "UNKNOWN", "Clash", "Facts", "Result", "function"]
