"""torch.jit: what comes back stands for what goes in."""
# ruff: noqa

@effect.wraps
def script(obj: Module, optimize=None, _frames_up=0, _rcb=None, example_inputs=None) -> Same["obj"]: ...
@effect.wraps
def trace(
    func: Module,
    example_inputs=None,
    optimize=None,
    check_trace=True,
    check_inputs=None,
    check_tolerance=1e-05,
    strict=True,
    _force_outplace=False,
    _module_class=None,
    _compilation_unit=...,
    example_kwarg_inputs=None,
    _store_inputs=True,
) -> Same["func"]: ...
@effect.save
def save(m: Module, f, _extra_files=None) -> None: ...
def load(f, map_location=None, _extra_files=None, _restore_shapes=False) -> Object["torch.nn.Module"]: ...
