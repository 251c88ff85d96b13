"""torch.autograd: gradients by hand, and the Variable of old, which is its argument."""
# ruff: noqa

@effect.variable
def Variable(data: Tensor, requires_grad=False, volatile=False) -> Detached["data"]: ...
@effect.backward
def backward(
    tensors: Tensors, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None
) -> None: ...
@effect.grad
def grad(
    outputs: Tensors,
    inputs,
    grad_outputs=None,
    retain_graph=None,
    create_graph=False,
    only_inputs=True,
    allow_unused=None,
    is_grads_batched=False,
    materialize_grads=False,
) -> List[Tensor]: ...
def set_detect_anomaly(mode, check_nan=True) -> Unknown: ...
def detect_anomaly(check_nan=True) -> Unknown: ...
def gradcheck(func, inputs, **kwargs) -> Number: ...

class Function:
    def apply(*args, **kwargs) -> Unknown: ...

from torch import enable_grad, inference_mode, no_grad, set_grad_enabled
