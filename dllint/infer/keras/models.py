"""Models of Keras: what they put out, the loss they are compiled with, the data they are fitted to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Class
from dllint.api.entry import Function as Entry
from dllint.events import Call, Target
from dllint.infer import conditions, images, loops
from dllint.infer.keras import calling, labels, layers, optimizers, rows, scales, streams, waiting
from dllint.infer.state import Args
from dllint.plain import replace
from dllint.values.kind import Kind
from dllint.values.shape import ANY
from dllint.values.value import (
    NONE,
    Atom,
    Bound,
    Const,
    Function,
    Items,
    Library,
    Partial,
    Ref,
    Site,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    atoms,
    cases,
    guarded,
    lift,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

ROW = "#row"
"""The layers that were added to a Sequential."""
COMPILED = "#compiled"
"""What a model was compiled with, and where."""


OF_NUMBERS = frozenset({"mse", "mae", "mape", "mean_squared_error", "mean_absolute_error"})
"""Metrics of numbers: who measures by one does not predict classes."""


# ---------------------------------------------------------------- layers in a row


def add(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """model.add(layer)."""
    layer = args.get(0, "layer") or NONE
    for model in atoms(bound["self"]):
        if type(model) is Ref:
            before = _added(m, model)
            m.store.set((model.id, ROW), Items((*before.values, layer), before.open) if before else NONE)
    return NONE


def pop(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """model.pop(): the last layer goes."""
    for model in atoms(bound["self"]):
        if type(model) is Ref:
            before = _added(m, model)
            m.store.set((model.id, ROW), Items(before.values[:-1], before.open) if before else NONE)
    return NONE


def _added(m: Machine, model: Ref) -> Items | None:
    """The layers that were added to a Sequential, after those it was made with; None where nobody knows them."""
    held = m.store.get((model.id, ROW))
    if held is not None:
        return held if type(held) is Items else None
    made = dict(m.heap[model.id].bound).get("layers", NONE)
    begun = () if made == NONE else loops.counted(m, made) if type(made) in (TupleOf, Ref) else None
    return Items(begun) if begun is not None else None


def _layers(m: Machine, model: Ref) -> tuple[Value, ...]:
    """The layers of a Sequential that are known; none of any other model."""
    row = _added(m, model) if layers.is_layer(m, model, "keras.models.Sequential") else None
    return row.values if row is not None else ()


def output(m: Machine, model: Ref, given: Value, site: Site) -> Value:
    """What a model makes of what it is given."""
    if layers.is_layer(m, model, "keras.models.Sequential") and not calling.defined(m, model):
        return _through(m, model, given, site)
    if calling.defined(m, model) is not None:
        return calling.called(m, model, Args((given,)), site)
    bound = dict(m.heap[model.id].bound)
    scales.entered(m, layers.first(bound.get("inputs", NONE)), given, site)
    made = bound.get("outputs")
    return made if made is not None else Tensor(Kind.UNKNOWN, why="the outputs of a model that is not followed")


def _through(m: Machine, model: Ref, given: Value, site: Site) -> Value:
    """What the layers of a Sequential make of it, one after the other."""
    row = _added(m, model)
    if row is None or not row.values:
        return Tensor(Kind.UNKNOWN, why="the layers of a model are not all known")
    first, rest = row.values[0], row.values[1:]
    begun = layers.symbol(given)
    if type(first) is Tensor:  # keras.Input(…), put into the list
        value: Value = replace(begun, shape=first.shape)
    else:
        if type(first) is Ref:
            begun = replace(begun, shape=layers.sizes(m, dict(m.heap[first.id].bound)))
        value = _next(m, first, begun, site)
    m.rows += 1
    for layer in rest:
        value = _next(m, layer, value, site)
    m.rows -= 1
    return value


def _next(m: Machine, layer: Value, given: Value, site: Site) -> Value:
    """What a layer, whichever it is, makes of what comes before it."""
    made = [
        new
        for guards, one in cases(conditions.pruned(m, layer))
        for new in guarded(lift(given, lambda atom, one=one: calling.handed(m, one, atom, site)), guards)  # type: ignore[misc]
    ]
    return united(made)


# ---------------------------------------------------------------- compile and fit


def compiled(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """model.compile(loss=…): the loss is called with what the model puts out."""
    for model in atoms(bound["self"]):
        if type(model) is Ref:
            told = TupleOf((bound.get("loss", NONE), bound.get("metrics", NONE), Const(site)))
            m.store.set((model.id, COMPILED), told)
            optimizers.compiled(m, model, bound.get("optimizer", NONE))
            waiting.held(m, model, partial(_compiled, m, model, told.items, site))
    return NONE


def _compiled(m: Machine, model: Ref, told: tuple[Value, ...], site: Site) -> None:
    """Call the loss with what a model puts out, whatever it is given."""
    put_out = output(m, model, Tensor(Kind.UNKNOWN, why="the input of a model"), site)
    put_out = calling.put_out(model, put_out, site)
    _judged(m, told, Unknown("the labels that fit is given"), put_out)
    _measured(m, told, put_out)


def fitted(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """model.fit(x, y): the loss is called with y."""
    inputs, target = streams.fed(m, bound.get("x") or bound.get("generator", NONE), bound.get("y", NONE))
    for model in atoms(bound["self"]):
        told = m.store.get((model.id, COMPILED)) if type(model) is Ref else None
        told = conditions.pruned(m, told) if told is not None else None
        if type(told) is TupleOf and type(model) is Ref and (labels.known(target) or images.are_pixels(inputs)):
            put_out = output(m, model, inputs, site)
            if labels.known(target):
                _judged(m, told.items, target, put_out)
        if type(told) is TupleOf and labels.divided(target):
            _divided(m, told.items, target)
        if type(model) is Ref:
            waiting.trained(m, model)
            _own_step(m, model, site)
            scales.fitted(m, model, inputs)
            rows.fitted(m, model, inputs, target)
            optimizers.fitted(m, model, _layers(m, model), bound.get("callbacks", NONE))
            validation = bound.get("validation_data", NONE)
            streams.evaluated(m, validation)
            _run(m, model, validation, site)
    return m.unknown("the history of a fit", site)


def _own_step(m: Machine, model: Ref, site: Site) -> None:
    """fit calls train_step(), where the project's class has one."""
    step = calling.defined(m, model, "train_step")
    if step is not None:
        m.call(Bound(step, model), Args((Unknown("a batch of what fit is given"),)), site)


def evaluated(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value | None:
    """model.evaluate(x, y): it is run, and measured."""
    streams.evaluated(m, bound.get("x") or bound.get("generator", NONE))
    for model in atoms(bound["self"]):
        if type(model) is Ref:
            waiting.trained(m, model)
    return run(m, bound, args, site)


def run(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value | None:
    """model.evaluate(x, y), model.predict(x)."""
    for model in atoms(bound["self"]):
        if type(model) is Ref:
            inputs = bound.get("x") or bound.get("generator", NONE)
            waiting.used(m, model)
            rows.run(m, model, inputs, site)
            _run(m, model, inputs, site)
    return None


def _run(m: Machine, model: Ref, data: Value, site: Site) -> None:
    """A model is run on data that it is not trained on."""
    inputs = data.items[0] if type(data) is TupleOf and data.items else streams.fed(m, data)[0]
    if images.are_pixels(inputs) and not scales.differs(m, model, inputs, site):
        output(m, model, inputs, site)


def _judged(m: Machine, told: tuple[Value, ...], target: Value, put_out: Value) -> None:
    """Call the loss that a model was compiled with, as Keras would in each step."""
    from dllint.infer import entries, library

    loss, _, compiled = told
    site: Site = compiled.value  # type: ignore[union-attr]
    losses = loops.counted(m, loss) if type(loss) in (Ref, TupleOf) else None
    outputs = loops.counted(m, put_out) if type(put_out) in (Ref, TupleOf) else None
    if losses is not None and outputs is not None and len(losses) == len(outputs):
        for each, of in zip(losses, outputs, strict=True):
            _judged(m, (each, NONE, compiled), Unknown("the labels of one output"), of)
        return
    given = Args((target, put_out))
    for one in (_by_class(m, atom, site) for atom in atoms(loss)):
        entry = loss_entry(one)
        if entry is not None:
            entries.apply(m, entry, None, given, site)
        elif (
            type(one) is Ref
            and type(cls := m.heap[one.id].cls) is Library
            and api.subclass(cls.name, "keras.losses.Loss")
        ):
            library.call_method(m, one, cls.name, "__call__", given, site)
        elif isinstance(one, (Function, Partial)):
            mine = labels.given(site) if type(target) is Unknown else target
            m.call(one, Args((mine, put_out)), site)


def _divided(m: Machine, told: tuple[Value, ...], target: Value) -> None:
    """Write down that a loss is given class indices that are no whole numbers any more."""
    from dllint.infer import entries

    loss, _, compiled = told
    entry, site = loss_entry(layers.first(loss)), compiled.value  # type: ignore[union-attr]
    name = entry.short if entry is not None else "the loss"
    for given in entries.given_as(m, "y", "", target):
        m.note(Target(name, "classes", given, ANY, m.where(site), divided=True))


def loss_entry(loss: Value) -> Entry | None:
    """The function that a loss is, by name or itself."""
    match loss:
        case Const(value=str(name)):
            found = api.lookup(f"keras.losses.{name}") or api.lookup(f"keras.losses.{name.lower()}")
        case Library(name=name):
            found = api.lookup(name)
        case _:
            return None
    return found if isinstance(found, Entry) else None


def _by_class(m: Machine, loss: Atom, site: Site) -> Value:
    """An object of the class that a loss is named after; any other loss as it is."""
    if type(loss) is Const and isinstance(loss.value, str):
        found = api.lookup(f"keras.losses.{loss.value}")
        if isinstance(found, Class):
            return m.call(Library(found.name), Args(), site)
    return loss


def _measured(m: Machine, told: tuple[Value, ...], put_out: Value) -> None:
    """Write down what the output is measured by."""
    from dllint.infer import entries

    loss, metrics, compiled = told
    site: Site = compiled.value  # type: ignore[union-attr]
    items = loops.counted(m, metrics) if type(metrics) in (Ref, TupleOf) else (metrics,)
    entry = loss_entry(layers.first(loss))
    beside = any(type(metric) is Const and metric.value in OF_NUMBERS for metric in items or ())
    for metric in items or ():
        if type(metric) is Const and metric.value in ("accuracy", "acc") and entry is not None:
            given = tuple(entries.given_as(m, "y_pred", "measured", layers.first(put_out)))
            m.note(
                Call(
                    "accuracy",
                    "keras.metrics.accuracy",
                    given,
                    m.where(site),
                    (("loss", entry.short), ("beside", beside)),
                )
            )
