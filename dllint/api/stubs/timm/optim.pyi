"""timm.optim: factories that take the network, or its parameters."""

# ruff: noqa

@effect.harmless
def create_optimizer(args, model: Module, filter_bias_and_bn=True) -> Unknown: ...
@effect.harmless
def create_optimizer_v2(model_or_params, *args, **kwargs) -> Unknown: ...
