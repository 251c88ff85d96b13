"""torch.backends.cudnn: switches."""
# ruff: noqa

benchmark: bool
deterministic: bool
enabled: bool
allow_tf32: bool

def is_available() -> Number: ...
def version() -> Number: ...
