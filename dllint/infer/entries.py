"""Entries of the API table: bound to their signature, judged, done, and given a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from dllint import api
from dllint.api import bind as binding
from dllint.api.entry import REQUIRED, Choice, Class, Returns
from dllint.api.entry import Function as Entry
from dllint.events import Call, Given
from dllint.findings import Confidence
from dllint.infer import (
    choices,
    conditions,
    constants,
    contexts,
    copies,
    decisions,
    dtypes,
    effects,
    fillings,
    fits,
    forwards,
    halves,
    heads,
    hooks,
    images,
    loops,
    masks,
    modules,
    pooled,
    precautions,
    risks,
    shapes,
    shifts,
    targets,
    terms,
    transforms,
)
from dllint.infer.keras import datasets, labels
from dllint.infer.state import EVERY_NAME, Args, Thing
from dllint.plain import replace
from dllint.values.by_hand import WrittenOut
from dllint.values.dtype import INTEGERS
from dllint.values.exponents import predicted
from dllint.values.kind import Kind
from dllint.values.term import Term, detached
from dllint.values.value import (
    ALWAYS,
    FALSE,
    NO_DEPS,
    NONE,
    Atom,
    Case,
    Const,
    Deps,
    ForwardKey,
    Items,
    Library,
    Many,
    Parameters,
    Record,
    Ref,
    Site,
    Step,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    atoms,
    cases,
    deps,
    guarded,
    lasting,
    lift,
    stepped,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


DROPPED = "dropped"
"""Asked of a layer only where it is made anew: one that stays follows its mode."""
JUDGED = frozenset(
    {
        *("logits", "sigmoid logits", "probabilities", "log-probabilities", "sigmoid probabilities"),
        *("distribution", "scores", "positive", "dropped", "numerator", "denominator", "rooted"),
        *("labels", "classes", "truth", "prediction", "condition", "branch"),
    }
)
"""What a parameter may want that some rule asks for."""
OF_PIXELS = frozenset(
    {
        *("pixels", "byte pixels", "picture or array", "array or image"),
        *("image", "float image", "byte image", "colours"),
    }
)
"""What it may want that is asked for where it is given pixels."""

SATURATING = frozenset({"sigmoid", "tanh"})
CENTRED = "centred"
"""Asked for where it comes right from a layer that may add a bias."""
EXPONENT = "exponent"
"""Asked for where nothing keeps it small."""

OF_MASKS = frozenset({"attended", "left out"})
"""What it may want that is asked for where it is given booleans."""

OF_SEQUENCES = frozenset({"context", "next tokens"})
"""What it may want that is asked for where it is given a sequence less its first or last place."""

HANDED_ON = frozenset({"linear", "softmax"})
"""What is asked for where a layer hands it right on to the next."""

UNSQUASHED = "unsquashed"
"""Asked for where it is given what is squashed already."""


TARGETS = frozenset({"labels", "classes", "truth", "distribution"})
"""What it may want that a loss compares its input with."""

MEASURES = frozenset({"argmax", "argsort", "topk", "max", "item", "eq", "ne", "round", "multinomial", "tolist"})
"""Calls by which a result is measured rather than trained on."""


DECISIONS = {"eq": "==", "round": "round"}
"""Of these, how an operator says the same."""

LOGARITHM = {Kind.PROBABILITIES: Kind.LOG_PROBABILITIES, Kind.SIGMOID: Kind.LOG_SIGMOID}


EXPONENTIAL = {after: before for before, after in LOGARITHM.items()}


def apply(m: Machine, entry: Entry, receiver: Value | None, args: Args, site: Site) -> Value:
    """Call an entry: bind, write the event down, do its effect, give its result."""
    chosen = binding.choose(
        entry, args.positional, args.keywords, skip_self=receiver is not None, type_of=lambda v: _type(m, v)
    )
    if chosen is None:
        return m.unknown(f"the arguments of {entry.short} could not be matched", site, args.all())
    entry, bound = chosen
    if receiver is not None:
        bound = {entry.parameters[0].name if entry.parameters else "self": receiver, **bound}
    _note(m, entry, bound, site)
    if m.pooled and entry.short in pooled.REDUCES:
        pooled.reduced(m, entry, bound.get("input", bound.get("self", NONE)), site)
    elif entry.short in pooled.PRODUCTS:
        pooled.paired(m, bound.get("input", bound.get("self", NONE)), bound.get("other", bound.get("mat2", NONE)), site)
    if entry.short in halves.FILLS:
        halves.filled(m, entry, bound, site)
    elif entry.short in ("add", "add_", "sub", "sub_"):
        halves.added(m, entry.short, bound.get("input", bound.get("self", NONE)), bound.get("other", NONE), site)
    if m.unfilled and entry.name.startswith("torch.nn.init."):
        fillings.fill(m, TupleOf(tuple(bound.values())))
    bound = choices.opened(bound, args)
    if entry.effect:
        special = SPECIAL.get(entry.effect)
        if special is not None:
            return special(m, entry, bound, args, site)
        done = effects.apply(m, entry, bound, args, site)
        if done is not None:
            return done
    made = halves.given(m, entry, bound, dtypes.given(m, entry, bound, result(m, entry, entry.returns, bound, site)))
    found = shapes.given(m, entry, bound, made, site)
    if entry.short == "mul" and type(found) is Tensor:
        pooled.multiplied(m, bound.get("input", bound.get("self", NONE)), bound.get("other", NONE), found.term, site)
    if entry.short in risks.RISKS:
        return risks.taken(m, entry.short, bound, found, site)
    if m.exponents and entry.short in risks.SUMS:
        risks.summed(m, *(terms.operand(m, value) for value in bound.values()))
    return found


def _type(m: Machine, value: Value) -> str:
    """The type of an argument as overloads tell it; "" when it is not known."""
    match value:
        case Const(value=None):
            return "None"
        case Const(value=constant):
            return type(constant).__name__
        case Tensor() | Parameters():
            return "Tensor"
        case TupleOf():
            return "tuple"
        case Ref(id=number) if m.heap[number].sort in ("list", "dict"):
            return m.heap[number].sort
        case _:
            return ""


def _note(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> None:
    """Write the call down where a rule asks for what it is given, and count whether a loss's input is known."""
    layer = bound.get("self")
    fresh = type(layer) is Ref and m.made_in_forward(layer.id)
    given: list[Given] = []
    for parameter in entry.parameters:
        value = bound.get(parameter.name)
        wants = parameter.wants if parameter.choice is None else choices.wanted(m, entry, parameter.choice, bound)
        if wants == "sigmoid logits" and value is not None:
            decisions.learnt(m, value)
        if wants == "indices" and value is not None:
            masks.embedded(m, value)
        if value is not None and _asked(m, wants, value, fresh or type(layer) is not Ref):
            told = loops.element(m, value) if entry.effect == "measure" and type(value) is Ref else value
            given.extend(given_as(m, parameter.name, wants, told))
    if entry.returns.kind is Kind.LOSS:
        risks.reached(m, made := m.made_from(bound.values()))
        forwards.scored(m, made, site, f"a loss is computed from it by {entry.short}")
        targets.compared(m, entry, bound, site)
    elif entry.short in MEASURES or entry.effect == "measure":
        forwards.scored(m, m.made_from(bound.values()), site, f"measured by {entry.short}")
        if entry.short in DECISIONS:
            scores = bound.get("input") or bound.get("self") or NONE
            decisions.asked(m, DECISIONS[entry.short], scores, bound.get("other", Const(0.5)), site)
    if entry.short in precautions.MENDS:
        precautions.mended(m, bound.values())
    if not given:
        return
    if entry.short == "where":
        precautions.branched(m, given)
    name = entry.name.removesuffix(".forward")
    m.note(Call(entry.short, name, tuple(given), m.where(site), *_settings(m, entry, bound), fresh))
    if entry.returns.kind is Kind.LOSS:
        unknown = next((g for g in given if g.kind is Kind.UNKNOWN and g.wants not in TARGETS), None)
        m.subject("loss", site, unknown is None, "" if unknown is None else unknown.why)


def _asked(m: Machine, wants: str, value: Value, anew: bool) -> bool:
    """Whether some rule asks for a parameter that wants this and is given that; anew: by no layer that stays."""
    if wants in OF_PIXELS:
        return any(
            images.are_pixels(atom) or _right_from(m, atom, HANDED_ON) or _squashed(m, atom) for atom in atoms(value)
        )
    if wants == CENTRED:
        return any(_right_from(m, atom, terms.LAYERS) for atom in atoms(value))
    if wants == EXPONENT:
        return any(type(atom) is Tensor and predicted(atom.term) for atom in atoms(value))
    if wants in OF_MASKS:
        return any(masks.is_one(atom) for atom in atoms(value))
    if wants in OF_SEQUENCES:
        return any(shifts.is_part(m, atom) for atom in atoms(value))
    if wants == UNSQUASHED:
        return any(type(atom) is Tensor and atom.kind is Kind.SIGMOID for atom in atoms(value))
    return wants in JUDGED and (wants != DROPPED or anew)


def _squashed(m: Machine, value: Value) -> bool:
    """Whether a tensor is a sigmoid or tanh right of what a layer of the same network makes."""
    if m.inside < 2 or type(value) is not Tensor or value.term.op not in SATURATING or len(value.origin) != 1:
        return False
    elsewhere = any(type(key) is ForwardKey for key in value.deps)  # the output of a generator goes into its critic
    return not elsewhere and getattr(value.term.of[0], "op", "") in terms.LAYERS


def _right_from(m: Machine, value: Value, layers: frozenset[str]) -> bool:
    """Whether a tensor comes right from such a layer of the same network, and nothing but this call reads it."""
    if m.inside < 2 or type(value) is not Tensor or value.term.op not in layers or len(value.origin) != 1:
        return False
    frame, replaced = m.here.frame, m.here.replaced
    held = (m.store.cells.get((frame, name)) for name in m.store.names.get(frame, ()) if name != replaced)
    return replaced == EVERY_NAME or not any(type(v) is Tensor and v.term.made is value.term.made for v in held)


def _settings(
    m: Machine, entry: Entry, bound: dict[str, Value]
) -> tuple[tuple[tuple[str, object], ...], frozenset[str]]:
    """The constants among the arguments, of the call and of the layer that is called, and which were passed."""
    passed = dict(bound)
    parameters = entry.parameters
    layer = m.thing(passed.pop("self", NONE))
    if layer is not None:
        passed.update(layer.bound)
        made = api.method(entry.name.rpartition(".")[0], "__init__")
        parameters += made.parameters[1:] if made is not None else ()
    known: dict[str, object] = {p.name: p.default for p in parameters if p.default not in (REQUIRED, ...)}
    known.update((name, _constant(m, value)) for name, value in passed.items())
    return tuple(known.items()), frozenset(passed)


def _constant(m: Machine, value: Value) -> object:
    """The constant that a value is, a list of them as a tuple; None where nobody knows it."""
    if type(value) is Const:
        return value.value
    items = loops.counted(m, value) if type(value) in (Ref, TupleOf) else None
    if items and len(items) <= LONGEST and all(type(item) is Const for item in items):
        return tuple(item.value for item in items if type(item) is Const)
    return None


LONGEST = 4
"""Items of a list that a rule may ask for: the channels of an image."""


def scaled(m: Machine, pixels: Tensor, op: str, by: Value, site: Site) -> None:
    """Write down that pixels are divided or multiplied by a number."""
    if images.are_pixels(pixels) and type(by) is Const:
        name = SCALINGS.get(op)
        if name:
            constants = (("other", by.value),)
            m.note(Call(op, name, tuple(given_as(m, "numerator", "numerator", pixels)), m.where(site), constants))


SCALINGS = {"/": "torch.Tensor.__truediv__", "*": "torch.Tensor.__mul__"}


def divided(m: Machine, top: Value, bottom: Tensor, site: Site) -> Deps:
    """Write a division by a tensor down, where it is known how the divisor was computed; what its result is made of."""
    if bottom.term.op == "?":
        return NO_DEPS
    given = (*given_as(m, "numerator", "numerator", top), *given_as(m, "denominator", "denominator", bottom))
    m.note(Call("/", "torch.Tensor.__truediv__", given, m.where(site)))
    return risks.of_division(m, bottom, site)


def rooted(m: Machine, base: Tensor, site: Site) -> None:
    """Write `x ** 0.5` down."""
    m.note(Call("** 0.5", "torch.sqrt", tuple(given_as(m, "input", "rooted", base)), m.where(site)))


def lessened(m: Machine, power: Tensor, site: Site) -> None:
    """Write `exp(x) - 1` down."""
    m.note(Call("- 1", "torch.expm1", tuple(given_as(m, "input", "lessened", power)), m.where(site)))


def written_out(m: Machine, written: WrittenOut, tracked: bool, site: Site) -> None:
    """Write a binary cross entropy down that is made of logarithms, which are judged as parts of it."""
    p, logarithms = written
    if m.grad():
        m.parts.update(logarithms)
    given = tuple(given_as(m, "p", "saturating", Tensor(Kind.UNKNOWN, tracked=tracked, term=p)))
    m.note(Call("binary cross entropy", "torch.nn.functional.binary_cross_entropy", given, m.where(site)))


def given_as(m: Machine, parameter: str, wants: str, value: Value) -> Iterator[Given]:
    """The alternatives of an argument, one for each kind, with how sure each is."""
    value = conditions.pruned(m, value)
    around = frozenset().union(*m.conditions) if m.conditions else ALWAYS
    found = [(guards, _tensor(m, atom)) for guards, atom in cases(value)]
    kinds = {tensor.kind for _, tensor in found}
    for guards, tensor in found:
        under = guards | around
        sure = conditions.sureness(guards, ((g, t.kind is tensor.kind) for g, t in found))
        if sure is not Confidence.POSSIBLE and under:
            chosen = conditions.chosen(m.assumed) if len(kinds) > 1 else ALWAYS
            sure = conditions.confidence(under | chosen) if len(kinds) > 1 or around else sure
        when = "" if sure is Confidence.CERTAIN else conditions.when(m, under)
        why = tensor.why if tensor.kind is Kind.UNKNOWN else ""
        tracked = tensor.tracked and m.grad()
        how = (tensor.term, tracked, tensor.shape, shapes.batch_of(m, tensor.shape), tensor.deps)
        means = masks.attends(m, tensor.term) if wants in OF_MASKS else None
        yield Given(parameter, wants, tensor.kind, tensor.origin, sure, when, why, *how, means, tensor.dtype)


def _tensor(m: Machine, atom: Atom) -> Tensor:
    """An argument as a tensor; of an unknown kind, with the reason, where it may be anything."""
    match atom:
        case Tensor():
            return atom if atom.why else replace(atom, why="what it means is lost on the way")
        case Unknown(why=why, ident=("==" | "not", *_)):
            return Tensor(Kind.BOOLEAN, why=why, term=terms.operand(m, atom))  # type: ignore[arg-type]
        case Unknown(why=why, deps=made):
            return Tensor(Kind.UNKNOWN, (), made, why=why, term=shifts.term(m, atom))
        case _:
            return Tensor(Kind.UNKNOWN, why="it is not a tensor")


def result(m: Machine, entry: Entry, returns: Returns, bound: dict[str, Value], site: Site) -> Value:
    """What an entry gives back."""
    match returns.how:
        case "kind":
            return fresh(m, entry, returns.kind, bound, site)
        case "same":
            return _same(m, entry, bound, returns.of, site)
        case "detached":
            return lift(_same(m, entry, bound, returns.of, site), _detached)
        case "reduced":
            return _changed(m, entry, bound, Kind.UNKNOWN, site)
        case "log" | "exp":
            table = LOGARITHM if returns.how == "log" else EXPONENTIAL
            return lift(_argument(m, bound, returns.of), lambda atom: _mapped(m, entry, atom, table, bound, site))
        case "number":
            known = lasting(deps(bound["self"])) if entry.short == "item" and "self" in bound else NO_DEPS
            return Unknown(f"a number from {entry.short}", ("at", site, m.passes), deps=known)
        case "tuple":
            return TupleOf(tuple(result(m, entry, item, bound, site) for item in returns.items))
        case "record":
            return Record(tuple(result(m, entry, item, bound, site) for item in returns.items), returns.names)
        case "picked":
            sides = [_argument(m, bound, name) for name in returns.names]
            return constants.each(sides, lambda both: _picked(m, entry, both, bound, site))
        case "turned":
            way, of = returns.names[0], returns.of
            whole = bound.get(of)
            if way == "array" and type(whole) is Ref and (written := labels.written(m, whole, site)) is not None:
                return written
            return lift(
                _argument(m, bound, of), lambda atom: images.turned(m, entry, way, atom, {**bound, of: atom}, site)
            )
        case "each":
            given = binding.rest(bound, returns.of)
            if choices.OPEN in bound:
                return m.unknown(f"what {entry.short} was given is not known one by one", site, given)
            return given[0] if len(given) == 1 else TupleOf(tuple(given))
        case "when":
            assert returns.choice is not None
            return _chosen(m, entry, returns.choice, bound, site)
        case "by name":
            return _by_name(m, entry, returns, bound, site)
        case "head":
            return heads.output(m, entry, bound, site)
        case "list":
            return Many(result(m, entry, returns.items[0], bound, site)) if returns.items else Many(Unknown("items"))
        case "none":
            return NONE
        case "object":
            return _object(m, returns.of, bound, site)
        case _:
            return m.unknown(f"{entry.short} gives something not followed", site, bound.values())


def _chosen(m: Machine, entry: Entry, choice: Choice[Returns], bound: dict[str, Value], site: Site) -> Value:
    """What an entry gives where an argument decides; any of it when nobody knows the argument."""
    found: list[Case] = []
    for guards, options in choices.chosen(m, entry, choice, bound):
        for option in options:
            found.extend(guarded(result(m, entry, option, bound, site), guards))
    return united(found) if found else fresh(m, entry, Kind.UNKNOWN, bound, site)


def _by_name(m: Machine, entry: Entry, returns: Returns, bound: dict[str, Value], site: Site) -> Value:
    """What the function of a module gives that an argument names; a module nobody knows, for an unknown name."""
    name = bound.get(returns.names[0])
    meant = api.lookup(f"{returns.of}.{name.value}") if type(name) is Const else None
    if isinstance(meant, Entry):
        return result(m, meant, meant.returns, bound, site)
    return _object(m, modules.MODULE, bound, site)


def _argument(m: Machine, bound: dict[str, Value], name: str) -> Value:
    """The argument a result is made of; of a list of tensors, any of them."""
    value = bound.get(name)
    if value is None:
        rest = [v for key, v in bound.items() if key.startswith(f"{name}[")]
        return m.one_of(rest) if rest else Unknown(f"{name} was not given")
    if type(value) is TupleOf or (
        type(value) is Ref and type(m.store.get((value.id, "[]"))) is Items and not modules.is_module(m, value)
    ):
        return _mixed(m, value)
    return value.item if isinstance(value, Many) else value


def _mixed(m: Machine, value: Value) -> Value:
    """Tensors joined into one: their kind where they agree, else nothing is known of it."""
    items = [a for v in (loops.counted(m, value) or (loops.element(m, value),)) for a in atoms(v)]
    kinds = {a.kind if isinstance(a, Tensor) else None for a in items}
    made = frozenset().union(*map(deps, items)) if items else frozenset()
    made = fits.gathered(made) if m.fits else made
    tracked = any(a.tracked if isinstance(a, Tensor) else type(a) is not Const for a in items)
    if len(kinds) == 1 and None not in kinds and isinstance(items[0], Tensor):
        how = Term("joined", tuple(a.term for a in items if isinstance(a, Tensor)))
        return Tensor(items[0].kind, items[0].origin, made, tracked, term=how)
    return Tensor(Kind.UNKNOWN, (), made, tracked, "tensors of several meanings are joined")


def fresh(m: Machine, entry: Entry, kind: Kind, bound: dict[str, Value], site: Site) -> Value:
    """A tensor of a new meaning: its origin begins here."""
    made = frozenset().union(*map(deps, bound.values())) if bound else frozenset()
    # zeros_like(x) begins anew; x.zero_() stays where it is in its graph.
    begins = kind in COUNTED or (kind is Kind.DUMMY and not entry.short.endswith("_"))
    tracked = m.grad() and not begins and _from_tracked(m, bound)
    why = f"{entry.short} gives something whose meaning is not followed" if kind is Kind.UNKNOWN else ""
    origin = (Step(site, f"{kind.value} made by {entry.short}"),)
    how = terms.computed(m, entry, bound, site)
    if kind is Kind.INDEX:  # those of a max are no numbers of what it was taken of
        if how.op == "argmax":
            targets.placed(m, how)
        how = Term("indices", how.of, (), site)
    return Tensor(kind, origin, made, tracked, why, how, dtype=dtypes.BORN.get(kind, ""))


def _from_tracked(m: Machine, bound: dict[str, Value]) -> bool:
    """Whether autograd follows what a result is made of: a layer's parameters, a tracked tensor, or who knows what."""
    return any(
        not isinstance(atom, (Tensor, Const)) or (isinstance(atom, Tensor) and atom.tracked)
        for value in bound.values()
        for atom in atoms(value)
    )


def _same(m: Machine, entry: Entry, bound: dict[str, Value], name: str, site: Site) -> Value:
    """The argument, its kind kept: one more step of its way, one more operation on it."""
    value = _argument(m, bound, name)
    if type(value) is Record and entry.name.startswith("torch."):  # torch takes its named tuples for tuples
        value = _mixed(m, value)
    # x.copy_(y) stays in the graph of x.
    written = bound.get("self") if name != "self" and entry.short.endswith("_") else None
    stays = type(written) is Tensor and written.tracked
    whole = type(written) is Tensor and _whole(written)

    def kept(atom: Atom) -> Value:
        if type(atom) is not Tensor:
            return atom
        if (atom.kind in COUNTED and "avg" in entry.short.lower()) or (whole and atom.kind not in COUNTED):
            return _changed(m, entry, bound, Kind.UNKNOWN, site)
        followed = atom.tracked or stays or (entry.effect == "requires_grad" and bound.get("requires_grad") != FALSE)
        return replace(atom, tracked=followed, term=terms.computed(m, entry, {**bound, name: atom}, site))

    if any(isinstance(a, Tensor) for a in atoms(value)):
        return stepped(lift(value, kept), Step(site, f"kept by {entry.short}"))
    return value


def _whole(tensor: Tensor) -> bool:
    """Whether a tensor may make whole numbers of what is written into it."""
    return tensor.kind in COUNTED or tensor.dtype in WHOLE or (tensor.kind is Kind.UNKNOWN and not tensor.dtype)


COUNTED = frozenset((Kind.INDEX, Kind.BOOLEAN))
"""Kinds of whole numbers, of which a mean is no more one."""
WHOLE = INTEGERS | {"bool"}
"""Types of tensors that make whole numbers of what is written into them."""


def _changed(m: Machine, entry: Entry, bound: dict[str, Value], kind: Kind, site: Site) -> Value:
    made = frozenset().union(*map(deps, bound.values())) if bound else frozenset()
    first = next((v for v in bound.values() if isinstance(v, Tensor)), None)
    why = f"{entry.short} changed its meaning"
    if first is not None and first.kind is Kind.LOSS:
        kind, why = Kind.LOSS, ""
    return Tensor(kind, (), made, m.grad(), why, terms.computed(m, entry, bound, site))


EACH_FOR_ITSELF = frozenset(Kind) - {Kind.PROBABILITIES, Kind.LOG_PROBABILITIES, Kind.NORMALISED, Kind.UNKNOWN}
"""Kinds that say something of each number alone, so that numbers picked from two such tensors are of it too."""


def _picked(m: Machine, entry: Entry, both: Sequence[Atom], bound: dict[str, Value], site: Site) -> Value:
    """Numbers of one tensor or the other. A constant or made-up data stands for what is masked, and changes no kind."""
    tensors = [side for side in both if isinstance(side, Tensor)]
    every = {side.kind for side in tensors}
    kinds = every - {Kind.DUMMY} or every
    if len(kinds) != 1 or not kinds <= EACH_FOR_ITSELF or not all(isinstance(side, (Tensor, Const)) for side in both):
        return _changed(m, entry, bound, Kind.UNKNOWN, site)
    main = next(side for side in tensors if side.kind in kinds)
    made = main.deps.union(*map(deps, bound.values()))
    tracked = any(side.tracked for side in tensors)
    return Tensor(main.kind, main.origin, made, tracked, term=terms.computed(m, entry, bound, site))


def _detached(atom: Atom) -> Value:
    if isinstance(atom, Tensor):
        return replace(atom, tracked=False, term=detached(atom.term))
    return atom


def _mapped(
    m: Machine, entry: Entry, atom: Atom, table: dict[Kind, Kind], bound: dict[str, Value], site: Site
) -> Value:
    kind = table.get(atom.kind) if isinstance(atom, Tensor) else None
    if kind is None:
        return _changed(m, entry, bound, Kind.UNKNOWN, site)
    return fresh(m, entry, kind, bound, site)


def _object(m: Machine, name: str, bound: dict[str, Value], site: Site) -> Value:
    """A new object of a library class that a function gives: a pretrained network, a generator."""
    entry = api.lookup(name)
    if not isinstance(entry, Class):
        return m.unknown(f"a {name}", site, bound.values())
    return made(m, entry, bound, site)


def made(m: Machine, entry: Class, bound: dict[str, Value], site: Site) -> Ref:
    """A new object of a library class, that remembers what it was made with; of a network, its parts too."""
    short = entry.name.rsplit(".", 1)[-1]
    ref = m.new(Thing("library", site, Library(entry.name), tuple(bound.items()), name=short))
    if api.subclass(entry.name, modules.MODULE):
        modules.born(m, ref, site)
        heads.furnish(m, ref, entry.name, site)
        halves.born(m, ref, short)
    return ref


def _wraps(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    return result(m, entry, entry.returns, bound, site)


def _context(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    made = contexts.switch(m, entry.effect, bound, args, site)
    if entry.effect == "autocast" and type(made) is Ref:
        m.store.set((made.id, "#casts"), Const(halves.enabled(m, entry, bound)))
    return made


def _deepcopy(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    given = args.get(0) or NONE
    return copies.deep(m, given, site)


def _in_eval(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    found = result(m, entry, entry.returns, bound, site)
    modules.set_mode(m, found, Const(False), site)
    return found


SPECIAL: dict[str, Callable[[Machine, Entry, dict[str, Value], Args, Site], Value]] = {
    "no_grad": _context,
    "enable_grad": _context,
    "set_grad_enabled": _context,
    "autocast": _context,
    "context": _context,
    "deepcopy": _deepcopy,
    "load_data": datasets.loaded,
    "make_data": datasets.made,
    "wraps": _wraps,
    "in_eval": _in_eval,
    "hooks": hooks.run,
    "pipeline": transforms.run,
    "maybe": transforms.maybe,
    "one_of": transforms.one_of,
    "calls": transforms.calls,
    "augment": transforms.augment,
}
