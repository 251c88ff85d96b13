"""torch.utils.checkpoint: runs a function now and again in backward."""
# ruff: noqa

def checkpoint(
    function,
    *args,
    use_reentrant=None,
    context_fn=...,
    determinism_check="default",
    debug=False,
    early_stop=True,
    **kwargs,
) -> Unknown: ...
def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs) -> Unknown: ...
