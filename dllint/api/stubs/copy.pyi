"""copy: a deep copy of a module or a state has a life of its own."""
# ruff: noqa

@effect.deepcopy
def deepcopy(x, memo=None) -> Same["x"]: ...
@effect.harmless
def copy(x) -> Same["x"]: ...
