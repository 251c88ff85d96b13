"""segmentation_models_pytorch.metrics: scores of thresholded predictions."""

# ruff: noqa

@effect.measure
def get_stats(output: Tensor, target: Tensor, mode, *args, **kwargs) -> Unknown: ...
