"""pandas: labels as one-hot rows. Nothing else of it is followed."""

# ruff: noqa

@effect.dummies
def get_dummies(data, *args, **kwargs) -> Unknown: ...
