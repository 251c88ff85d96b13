"""What a layer of Keras makes of what it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Function as Entry
from dllint.infer import classes
from dllint.infer.keras import modes
from dllint.infer.state import Args
from dllint.plain import replace
from dllint.values.kind import Kind
from dllint.values.shape import ANY, Shape
from dllint.values.term import Term, moved, unmoved
from dllint.values.value import (
    NONE,
    Absent,
    Const,
    Function,
    Library,
    Partial,
    Ref,
    Site,
    Step,
    Tensor,
    TupleOf,
    Value,
    atoms,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

LAYER = "keras.layers.Layer"
MODEL = "keras.models.Model"


def is_layer(m: Machine, value: Value, of: str = LAYER) -> bool:
    """Whether something is a layer, the project's own classes of layers included."""
    if type(value) is not Ref:
        return False
    cls = m.heap[value.id].cls
    base = classes.library_base(m, cls) if cls is not None else None
    return base is not None and "keras" in base and api.subclass(base, of)


def call(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """layer(inputs)."""
    from dllint.infer.keras import calling

    layer = bound["self"]
    return calling.called(m, layer, args, site) if type(layer) is Ref else _lost("a layer that is not followed")


def applied(m: Machine, layer: Value, given: Value, site: Site) -> Value:
    """What a layer makes of what it is given; something unknown where it is a class of the project's own."""
    from dllint.infer.keras import formats, models, scales, starts

    if type(layer) is Absent:
        return given  # a layer that is left out
    if type(layer) is not Ref or not is_layer(m, layer):
        return _lost("a layer that is not followed")
    if is_layer(m, layer, MODEL):
        found = scales.pretrained(m, layer, given, site)
        return found if found is not None else models.output(m, layer, given, site)
    thing = m.heap[layer.id]
    make = _MAKES.get(thing.name) if type(thing.cls) is Library else None
    if make is None:
        return _own(m, layer, given, site)
    if make in (_weighted, _recurrent):
        scales.reached(m, layer, given, site)
        formats.met(m, layer, given)
        starts.met(m, layer)
    made = make(m, layer, symbol(given), dict(thing.bound))
    return modes.met(m, layer, with_deps(made, m.made_from((given,))))


def symbol(value: Value) -> Tensor:
    """A value as what a layer is given."""
    return value if type(value) is Tensor else _lost("what the first layer is given")


def _lost(why: str) -> Tensor:
    return Tensor(Kind.UNKNOWN, why=why)


def _own(m: Machine, layer: Ref, given: Value, site: Site) -> Value:
    """A layer of the project's own: what its call() gives."""
    from dllint.infer.keras import calling

    if calling.defined(m, layer) is not None:
        return calling.called(m, layer, Args((given,)), site)
    return modes.met(m, layer, _lost("a layer of its own"))


# ---------------------------------------------------------------- activations


def activated(m: Machine, activation: Value | None, made: Tensor, site: Site) -> Tensor:
    """What an activation makes of this: by its name, a function, or a layer."""
    match activation:
        case None | Const(value=None | "linear"):
            return made
        case Const(value=str(name)):
            entry = api.lookup(f"keras.activations.{name}")
        case Library(name=name):
            entry = api.lookup(name)
        case Ref() if is_layer(m, activation):
            return symbol(applied(m, activation, made, site))
        case Function() | Partial():
            return symbol(m.call(activation, Args((made,)), site))
        case _:
            return _lost("an activation that nobody knows")
    if not isinstance(entry, Entry):
        return _lost("an activation that nobody knows")
    from dllint.infer import entries

    return replace(symbol(entries.apply(m, entry, None, Args((made,)), site)), shape=made.shape)


# ---------------------------------------------------------------- layers

Make = Callable[["Machine", Ref, Tensor, dict[str, Value]], Value]


def _weighted(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Dense, convolutions: scores, then the activation."""
    thing = m.heap[layer.id]
    width = _width(bound)
    before = given.shape.dims[-1] if given.shape.dims and isinstance(given.shape.dims[-1], int) else None
    op, sizes = ("linear", "features") if thing.name == "Dense" else (thing.name.lower(), "channels")
    options = ((f"in_{sizes}", before), (f"out_{sizes}", width), ("layer", thing.site))
    how = Term(op, (given.term,), options, thing.site)
    shape = Shape((*given.shape.dims[:-1], width), given.shape.open) if given.shape.dims else Shape((width,), open=True)
    origin = (Step(thing.site, f"raw scores made by {thing.name}"),)
    scores = Tensor(Kind.RAW, origin, given.deps, term=how, shape=shape if op == "linear" else _of_channels(width))
    stacked(m, thing.name, given, options, thing.site)
    return activated(m, bound.get("activation"), scores, thing.site)


WIDTHS = ("units", "filters", "output_dim", "nb_filter")


def _width(bound: dict[str, Value]) -> int | None:
    """How many units a layer has, by the name of its version; None where nobody knows."""
    told = next((bound[name] for name in WIDTHS if bound.get(name, NONE) != NONE), NONE)
    return told.value if type(told) is Const and isinstance(told.value, int) else None


def _of_channels(width: int | None) -> Shape:
    return Shape((width,), open=True)


def stacked(m: Machine, name: str, given: Tensor, options: tuple[tuple[str, object], ...], site: Site) -> None:
    """Write a layer with weights down that comes right on another, and is all that is given what that one makes."""
    from dllint.events import Call
    from dllint.infer import entries, terms

    if m.rows and given.kind is Kind.RAW and unmoved(given.term).op in terms.LAYERS:  # type: ignore[union-attr]
        told = tuple(entries.given_as(m, "inputs", "pixels", given))
        m.note(Call(name, f"keras.layers.{name}", told, m.where(site), options))


def _recurrent(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """LSTM and its kin: squashed by tanh."""
    thing = m.heap[layer.id]
    width = _width(bound)
    origin = (Step(thing.site, f"the output of {thing.name}"),)
    return Tensor(
        Kind.TANH, origin, given.deps, term=Term("recurrent", (given.term,)), shape=Shape((width,), open=True)
    )


def _centred(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Batch norm and its kin: any numbers."""
    thing = m.heap[layer.id]
    how = Term("batch_norm", (given.term,), (), thing.site)
    return Tensor(
        Kind.RAW, (Step(thing.site, f"raw scores made by {thing.name}"),), given.deps, term=how, shape=given.shape
    )


def _unchanged(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    return given


def _dropped(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Dropout: the same numbers, some of them 0."""
    return replace(given, term=Term("dropout", (given.term,), (), m.heap[layer.id].site))


def _flat(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """The same numbers in another shape."""
    dims = given.shape.dims[1:]
    size = 1
    for dim in dims:
        size = size * dim if isinstance(dim, int) and size else 0
    known = not given.shape.open and bool(dims) and size > 0
    return replace(given, term=moved(given.term), shape=Shape((None, size if known else None)))


def _rescaled(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Rescaling."""
    from dllint.infer.keras import scales

    return symbol(scales.rescaling(m, layer, given, bound))


def _moved(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    return replace(given, term=moved(given.term), shape=ANY)


def _pooled(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Pooling: of numbers of one kind, numbers of the same kind; the channels stay."""
    shape = Shape(given.shape.dims[-1:], open=True) if given.shape.dims else ANY
    return replace(given, term=moved(given.term), shape=shape)


def _joined(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Several tensors become one."""
    return _lost("several tensors are joined")


def _own_activation(name: str) -> Make:
    def make(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
        thing = m.heap[layer.id]
        by = bound.get("activation") if name == "activation" else Const(name)
        return activated(m, by, given, thing.site)

    return make


def _embedded(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    thing = m.heap[layer.id]
    return Tensor(Kind.ACTIVATION, (Step(thing.site, "embeddings"),), given.deps, term=Term("embedding"), shape=ANY)


def _by_function(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """Lambda."""
    function = bound.get("function", NONE)
    if not isinstance(function, (Function, Partial, Library)):
        return _lost("a Lambda that is not followed")
    return symbol(m.call(function, Args((given,)), m.heap[layer.id].site))


def _wrapped(m: Machine, layer: Ref, given: Tensor, bound: dict[str, Value]) -> Value:
    """TimeDistributed, Bidirectional: what the layer inside makes of it."""
    inner = bound.get("layer", NONE)
    made = symbol(applied(m, inner, replace(given, shape=ANY), m.heap[layer.id].site))
    return replace(made, shape=ANY) if m.heap[layer.id].name == "Bidirectional" else made


def _named(names: str, make: Make) -> dict[str, Make]:
    return dict.fromkeys(names.split(), make)


_MAKES: dict[str, Make] = {
    **_named("Dense Conv1D Conv2D Conv3D SeparableConv1D SeparableConv2D Conv1DTranspose Conv2DTranspose", _weighted),
    **_named("Conv3DTranspose DepthwiseConv2D ConvLSTM2D", _weighted),
    **_named("LSTM GRU SimpleRNN CuDNNLSTM CuDNNGRU", _recurrent),
    **_named("BatchNormalization SyncBatchNormalization LayerNormalization GroupNormalization", _centred),
    **_named("Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D AlphaDropout GaussianDropout", _dropped),
    **_named("GaussianNoise Masking ActivityRegularization InputLayer", _unchanged),
    **_named("RandomFlip RandomRotation RandomZoom RandomTranslation RandomCrop Resizing CenterCrop", _unchanged),
    **_named("Rescaling", _rescaled),
    **_named("Flatten", _flat),
    **_named("Reshape Permute RepeatVector Cropping1D Cropping2D ZeroPadding1D ZeroPadding2D ZeroPadding3D", _moved),
    **_named("UpSampling1D UpSampling2D UpSampling3D", _moved),
    **_named("MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D", _pooled),
    **_named("GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GlobalAveragePooling1D", _pooled),
    **_named("GlobalAveragePooling2D GlobalAveragePooling3D", _pooled),
    **_named("Add Concatenate Average Multiply Subtract Maximum Dot Attention MultiHeadAttention Merge", _joined),
    **_named("LeakyReLU PReLU ThresholdedReLU", _own_activation("leaky_relu")),
    **_named("ELU", _own_activation("elu")),
    **_named("ReLU", _own_activation("relu")),
    **_named("Softmax", _own_activation("softmax")),
    **_named("Activation", _own_activation("activation")),
    **_named("Embedding", _embedded),
    **_named("Lambda", _by_function),
    **_named("TimeDistributed Bidirectional", _wrapped),
}


# ---------------------------------------------------------------- the input


def placed(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """Input(shape=…): what a graph of layers begins with."""
    from dllint.infer.keras import scales

    how = scales.entrance(m, site)
    return Tensor(Kind.UNKNOWN, (), tracked=True, why="the input of a model", term=how, shape=sizes(m, bound))


def sizes(m: Machine, bound: dict[str, Value]) -> Shape:
    """The shape of an input, as its layer says: `input_shape=(28, 28)`, `input_dim=8`; the batch comes before."""
    from dllint.infer import loops

    single = bound.get("input_dim")
    if type(single) is Const and isinstance(single.value, int):
        return Shape((None, single.value))
    told = bound.get("shape") or bound.get("input_shape")
    items = loops.counted(m, told) if type(told) in (TupleOf, Ref) else None  # type: ignore[arg-type]
    if items is None:
        return ANY
    return Shape((None, *(i.value if type(i) is Const and isinstance(i.value, int) else None for i in items)))


def first(value: Value) -> Value:
    """One alternative of a value."""
    return next(iter(atoms(value)))
