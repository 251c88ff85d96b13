"""torch.nn.parallel: wrappers that stand for the module they hold, as `.module`."""

# ruff: noqa
from torch.nn import Module

class DataParallel(Module):
    wraps = "module"
    @effect.wraps
    def __init__(self, module: Module, device_ids=None, output_device=None, dim=0): ...
    def forward(self, *inputs, **kwargs) -> Unknown: ...

class DistributedDataParallel(Module):
    wraps = "module"
    @effect.wraps
    def __init__(
        self,
        module: Module,
        device_ids=None,
        output_device=None,
        dim=0,
        broadcast_buffers=...,
        init_sync=True,
        process_group=None,
        bucket_cap_mb=None,
        find_unused_parameters=False,
        check_reduction=False,
        gradient_as_bucket_view=False,
        static_graph=False,
        delay_all_reduce_named_params=None,
        param_to_hook_all_reduce=None,
        mixed_precision=None,
        device_mesh=None,
        skip_all_reduce_unused_params=False,
        bucket_cap_mb_list=None,
        batched_grad_copy=False,
        forward_sync_buffers=None,
    ): ...
    def forward(self, *inputs, **kwargs) -> Unknown: ...
    def no_sync(self) -> Unknown: ...

def data_parallel(
    module: Module, inputs, device_ids=None, output_device=None, dim=0, module_kwargs=None
) -> Unknown: ...
