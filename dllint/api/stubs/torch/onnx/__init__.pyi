"""torch.onnx: writes a model; it puts the mode back."""
# ruff: noqa

@effect.harmless
def export(model: Module, *args, **kwargs) -> Unknown: ...
