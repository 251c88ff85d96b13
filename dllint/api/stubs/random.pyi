"""random: the seed of Python's own random numbers."""

# ruff: noqa

@effect.seed
def seed(a=None, version=2) -> None: ...
