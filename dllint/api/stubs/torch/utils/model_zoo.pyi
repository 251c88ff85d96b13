"""torch.utils.model_zoo: weights by URL."""
# ruff: noqa

@effect.load
def load_url(
    url, model_dir=None, map_location=None, progress=True, check_hash=False, file_name=None, weights_only=False
) -> Unknown: ...
