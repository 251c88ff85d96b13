"""Calls of library functions, classes and methods: bound to their signature, judged, and given a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.api import bind as binding
from dllint.api.entry import Class
from dllint.api.entry import Function as Entry
from dllint.infer import (
    batches,
    choices,
    classes,
    containers,
    discards,
    effects,
    entries,
    fillings,
    foreign,
    forwards,
    gradients,
    introspection,
    modules,
    namespaces,
    python,
    rates,
    records,
    samples,
    seeds,
    snapshots,
    supplies,
    texts,
    trainees,
    transforms,
    turns,
)
from dllint.infer.keras import tapes
from dllint.infer.state import Args
from dllint.values.dtype import named
from dllint.values.kind import ARRAYS, LABELS, Kind
from dllint.values.value import (
    FALSE,
    NONE,
    TRUE,
    Atom,
    Const,
    DrawKey,
    Gradient,
    Library,
    Many,
    Method,
    Parameters,
    Record,
    Ref,
    Site,
    Super,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    Weights,
    atoms,
    held,
    of_a_batch,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

TENSOR = "torch.Tensor"
METHODS_OF = {Kind.PICTURE: "PIL.Image.Image", **dict.fromkeys(ARRAYS | LABELS, "numpy.ndarray")}
"""The class of what is no tensor of torch."""


def call(m: Machine, name: str, args: Args, site: Site) -> Value:
    """A library name is called: a function of Python, an entry of the table, or something nobody knows."""
    special = python.TABLE.get(name)
    if special is not None:
        return special(m, args, site)
    if m.bare and name.endswith(".__init__"):
        m.bare.difference_update(held(args.get(0) or NONE))
    entry = api.lookup(name)
    match entry:
        case Entry():
            if site == m.statement:
                discards.called(m, name, entry, args)
            return entries.apply(m, entry, None, args, site)
        case Class():
            return construct(m, entry, args, site)
    return _unlisted(m, name, args, site)


def _unlisted(m: Machine, name: str, args: Args, site: Site) -> Value:
    """A library function without an entry."""
    root, _, last = name.rpartition(".")
    if root == "numpy.random":
        seeds.drawn_globally(m, last, site)
    if foreign.harmless_library(name):
        if last in entries.MEASURES or root.partition(".")[0] in foreign.MEASURING:
            forwards.scored(m, m.made_from(args.all()), site, f"measured by {last}")
        made = m.unknown(f"{name} is not followed", site, args.all())
        return Unknown(made.why, made.ident, deps=made.deps)
    if "." not in name:
        return m.unknown(f"{name} cannot be called", site, args.all())
    foreign.touched(m, args.all(), name)
    return m.unknown(f"it comes from {name}", site, args.all(), last)


# ---------------------------------------------------------------- objects of library classes


def construct(m: Machine, entry: Class, args: Args, site: Site) -> Value:
    """A library class makes an object that remembers what it was made with."""
    for given in args.all():
        rates.lend(m, given)
    if named(entry.name) and not fillings.are_sizes(args) and (of_data := api.method(entry.name, "__new__")):
        return entries.apply(m, of_data, Library(entry.name), args, site)
    new = api.method(entry.name, "__init__")
    bound = binding.bind(new, args.positional, args.keywords, skip_self=True) if new is not None else {}
    wrapped = api.attribute(entry.name, "wraps")
    if wrapped and bound and (inner := bound.get(str(wrapped))) is not None:
        return inner  # DataParallel and its kin have the parameters, modes and forward of what they wrap
    ref = entries.made(m, entry, choices.opened(bound or {}, args), site)
    if modules.container_name(entry.name):
        modules.fill(m, ref, args, site)
    fillings.made(m, ref, entry, args, site)
    if api.attribute(entry.name, "pipeline"):
        transforms.tried(m, ref, site)
    if api.subclass(entry.name, "torch.optim.Optimizer"):
        gradients.made_optimizer(m, ref, (bound or {}).get("params", args.get(0, "params")))
    return ref


def method(m: Machine, receiver: Value, name: str, args: Args, site: Site) -> Value:
    """A method of a value that is not of the project's own making."""
    if name == "__call__" and type(receiver) not in (Ref, Super):
        return m.call(receiver, args, site)
    if name == "backward" and type(receiver) in (Const, TupleOf, Many):
        gradients.backward(m, receiver, site)  # a loss that was lost sight of: a number has none
        return NONE
    match receiver:
        case Tensor():
            return _of_tensor(m, receiver, name, args, site)
        case Unknown(ident=None) if name in batches.STILL and of_a_batch(receiver):
            if m.uneven and name in samples.VIEWS:
                samples.viewed(m, name, receiver, args, site)
            return batches.kept(m, receiver, args, site)
        case Unknown():
            known = method_of_unknown(m, receiver, name, args, site)
            return known if known is not None else foreign.call_unknown(m, receiver, args, site)
        case Super(after=after, self=inner):
            return _of_super(m, after, inner, name, args, site)
        case Ref(id=number):
            return _of_object(m, receiver, number, name, args, site)
        case Parameters() | Gradient():
            return _of_parameters(m, receiver, name, args)
        case Const():
            return texts.method(m, receiver, name, args, site)
        case Weights():
            return snapshots.method(m, receiver, name, args, site)
        case Record() if name in records.METHODS:
            return records.METHODS[name](m, receiver, args, site)
        case TupleOf() | Many() if name in ("index", "count"):
            return m.unknown("a position", site)
        case Method(self=Ref() as owner, name=namespaces.NAME):
            return namespaces.method(m, owner, name, args, site)
        case Method(self=inner) if type(inner) is Unknown:
            return method(m, Unknown(inner.why, None, inner.holds, inner.deps), name, args, site)
        case _:
            foreign.touched(m, args.all(), name)
            return m.unknown(f"{name} of something that is not followed", site, [receiver, *args.all()])


def _of_object(m: Machine, receiver: Ref, number: int, name: str, args: Args, site: Site) -> Value:
    thing = m.heap[number]
    if modules.is_module(m, receiver):
        if name == "load_state_dict":
            fillings.fill(m, receiver)
        if name in modules.METHODS:
            return modules.METHODS[name](m, receiver, args, site)
        if name in ("__call__", "forward"):
            return modules.call(m, receiver, args, site)
        if name in ("train", "eval"):
            own = _own_train(m, receiver, name, args, site)
            if own is not None:
                return own
    if thing.sort == "class":
        return _made_by(m, receiver, name, args, site)
    if name == "__setattr__":
        return introspection.set_attribute(m, Args((receiver, *args.positional)), site)
    if name in containers.METHODS and thing.sort in ("list", "dict", "set"):
        return containers.METHODS[name](m, number, args, site)
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    if base is not None:
        if name in containers.METHODS and modules.container_name(base):
            return containers.METHODS[name](m, number, args, site)
        return call_method(m, receiver, base, name, args, site)
    if name in containers.METHODS:
        return containers.METHODS[name](m, number, args, site)
    if name == "__call__":
        return m.call(receiver, args, site)
    foreign.touched(m, [receiver, *args.all()], name)
    return m.unknown(f"{thing.name or 'it'}.{name} is not defined in what was read", site, [receiver, *args.all()])


def _made_by(m: Machine, cls: Ref, name: str, args: Args, site: Site) -> Value:
    """cls.from_pretrained(…), where a library class has it and cls is the project's: an object of cls."""
    base = classes.library_base(m, cls)
    entry = api.method(base, name) if base is not None else None
    if entry is None or entry.returns.of != base:
        return call(m, f"{base}.{name}", args, site)
    made = m.call(cls, Args(open=True), site)
    if entry.effect == "in_eval":
        modules.set_mode(m, made, Const(False), site)
    return made


def _own_train(m: Machine, receiver: Ref, name: str, args: Args, site: Site) -> Value | None:
    """module.eval() calls self.train(False): a train() of the project's own decides."""
    thing = m.heap[receiver.id]
    if name != "eval" or type(thing.cls) is not Ref:
        return None
    own = classes.find(m, thing.cls, "train")
    if own is None:
        return None
    from dllint.values.value import Bound

    m.call(Bound(own, receiver), Args((Const(False),)), site)
    return receiver


def call_method(m: Machine, receiver: Ref, base: str, name: str, args: Args, site: Site) -> Value:
    """A method that the library class `base` gives the receiver."""
    special = python.METHODS.get((base, name))
    if special is not None:
        return special(m, receiver, args, site)
    entry = api.method(base, name)
    if entry is None:
        if api.lookup(base) is None and not foreign.harmless_library(base):
            foreign.touched(m, [receiver, *args.all()], f"{base}.{name}")
        return m.unknown(f"{base}.{name} is not followed", site, [receiver, *args.all()])
    if base == fillings.PARAMETER and name.endswith("_"):
        fillings.fill(m, receiver)
    made = entries.apply(m, entry, receiver, args, site)
    if name == "__call__" and api.attribute(base, "random"):
        thing = m.heap[receiver.id]
        return with_deps(made, frozenset((DrawKey(thing.site, thing.name),)))
    return made


def _of_super(m: Machine, after: int, receiver: Value, name: str, args: Args, site: Site) -> Value:
    """super().name(…) where no further class of the project defines it: the library's."""
    if type(receiver) is not Ref:
        return m.unknown("super() of something unknown", site, args.all())
    if name == "__init__":
        classes.inherited(m, receiver, args, site, after)
        return NONE
    if name == "__setattr__" and len(args.positional) == 2 and type(args.positional[0]) is Const:
        m.store.set((receiver.id, str(args.positional[0].value)), args.positional[1])
        return NONE
    if name == "forward" and modules.container(m, receiver) == "sequential":
        return modules.through(m, receiver, args, site)
    if name in ("train", "eval") and modules.is_module(m, receiver):
        flag = args.get(0, "mode") or Const(True)
        modules.set_mode(m, receiver, flag if name == "train" else Const(False), site)
        return receiver
    return _of_object(m, receiver, receiver.id, name, args, site)


def _of_parameters(m: Machine, receiver: Value, name: str, args: Args) -> Value:
    if type(receiver) is Gradient and name in ("copy_", "add_", "set_"):
        gradients.given_by_hand(m, added=name == "add_")
    if name.endswith("_"):
        fillings.fill(m, receiver)
    if type(receiver) is Gradient and name in ("zero_", "detach_", "fill_", "mul_"):
        if name in ("zero_", "fill_") or (name == "mul_" and args.get(0, "other") in (Const(0), Const(0.0))):
            gradients.clear_owner(m, receiver)
        return receiver
    if name == "requires_grad_" and type(receiver) is Parameters:
        trainees.frozen(m, receiver, args.get(0, "requires_grad") or TRUE)
    if name in ("data", "detach", "clone", "view", "to", "cuda", "float", "requires_grad_"):
        return receiver
    return Tensor(Kind.UNKNOWN, why="a parameter")


def _of_tensor(m: Machine, receiver: Tensor, name: str, args: Args, site: Site) -> Value:
    entry = api.method(METHODS_OF.get(receiver.kind, TENSOR), name)
    if entry is None:
        return m.unknown(f"Tensor.{name} is not followed", site, [receiver, *args.all()])
    if site == m.statement:
        discards.called(m, name, entry, args, receiver)
    return entries.apply(m, entry, receiver, args, site)


def method_of_unknown(m: Machine, receiver: Unknown, name: str, args: Args, site: Site) -> Value | None:
    """A method that means the same whatever it is called on; None for any other."""
    match name:
        case "backward" | "manual_backward":
            loss = args.get(0) if args.positional and not isinstance(args.positional[0], Const) else receiver
            if loss is not receiver and receiver.ident is not None:
                m.engines.add(receiver.ident)
            given = (args.get(1, "retain_graph"), args.get(2, "create_graph"))
            retained = any(option not in (None, NONE, FALSE) for option in given)
            gradients.backward(m, loss if loss is not None else receiver, site, retained=retained)
            return NONE
        case "step":
            return _step_of_unknown(m, receiver, args, site)
        case "scale" if len(args.positional) == 1 and not args.keywords:
            return turns.scale_by_unknown(m, receiver.ident, args.positional[0], site)
        case "unscale_" if len(args.positional) == 1:
            return turns.unscale(m, {"optimizer": args.positional[0]}, args, site)
        case "zero_grad":
            return gradients.clear(m, receiver, site)
        case "train" | "eval" if len(args.positional) <= (name == "train"):
            flag = args.get(0, "mode") or Const(name == "train")
            modules.set_mode(m, receiver, flag, site)
            return receiver
        case "parameters" | "named_parameters":
            owners = Parameters(frozenset((receiver.ident,)) if receiver.ident is not None else None)
            if name == "parameters":
                return supplies.generator(m, owners, site)
            return Many(TupleOf((Unknown("a parameter's name"), owners)))
        case "apply_gradients":
            return tapes.applied(m, args, site)
        case "requires_grad_":
            trainees.frozen(m, receiver, args.get(0, "requires_grad") or TRUE)
            return receiver
        case "to" | "cuda" | "cpu" | "half" | "double" | "float" | "bfloat16":
            return receiver
        case "state_dict" if receiver.ident is not None and not receiver.deps:
            return snapshots.taken(m, receiver, site)
        case "load_state_dict" if snapshots.given(args):
            return snapshots.loaded(m, receiver, args, site)
        case "size" if receiver.ident is not None:
            whole = Unknown("the shape of something unknown", ("attr", receiver.ident, "shape"))
            return containers.item(m, whole, args.positional[0], site) if args.positional else whole
        case "state_dict" | "size" | "keys" | "values" | "items" | "get" | "split" | "join" | "lower" | "format":
            return m.unknown(receiver.why, site, [receiver, *args.all()])
    entry = api.method(TENSOR, name)
    if entry is None or not _telling(entry):
        return None
    return entries.apply(m, entry, receiver, args, site)


def _telling(entry: Entry) -> bool:
    """Whether a tensor method says something of its result also when nobody knows the tensor."""
    return entry.returns.how in ("kind", "same", "detached", "number", "reduced", "tuple", "log", "exp")


def _step_of_unknown(m: Machine, receiver: Unknown, args: Args, site: Site) -> Value | None:
    """unknown.step(): an optimizer's or a scheduler's, after a backward. step(optimizer) is a scaler's."""
    given = args.get(0)
    if given is not None and (receiver.ident in m.scalers or any(_is_optimizer(m, a) for a in atoms(given))):
        return effects.EFFECTS["scaler_step"](m, {"optimizer": given}, args, site)
    if args.positional or args.keywords or args.open or receiver.ident is None or receiver.ident in m.engines:
        return None  # an engine whose backward(loss) was called steps and clears as it likes
    return gradients.update(m, receiver, args, site)


def _is_optimizer(m: Machine, atom: Atom) -> bool:
    if type(atom) is Ref:
        return atom.id in m.optimizers
    return type(atom) is Unknown and atom.ident is not None and m.optimizers.get(atom.ident) is True


# ---------------------------------------------------------------- entries of the table
