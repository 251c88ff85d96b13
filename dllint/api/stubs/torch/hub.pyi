"""torch.hub: models and weights from elsewhere; which layers they hold is known of torchvision's."""
# ruff: noqa

def load(
    repo_or_dir,
    model,
    *args,
    source="github",
    trust_repo=...,
    force_reload=False,
    verbose=True,
    skip_validation=False,
    **kwargs,
) -> When[
    "repo_or_dir", {"pytorch/vision*": ByName["torchvision.models", "model"], ...: Object["torch.nn.Module"]}
]: ...
@effect.load
def load_state_dict_from_url(
    url, model_dir=None, map_location=None, progress=True, check_hash=False, file_name=None, weights_only=False
) -> Unknown: ...
