"""timm.utils: what measures."""

# ruff: noqa

@effect.measure
def accuracy(output: Tensor, target, topk=(1,)) -> List[Number]: ...
