"""torchvision.utils: pictures of tensors."""
# ruff: noqa

def make_grid(
    tensor: Tensor, nrow=8, padding=2, normalize=False, value_range=None, scale_each=False, pad_value=0.0, **kwargs
) -> Reduced["tensor"]: ...
@effect.harmless
def save_image(tensor: Tensor, fp, format=None, **kwargs) -> None: ...
