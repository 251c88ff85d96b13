"""Python's own functions and the parts of its library that model code leans on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dllint.infer import (
    conditions,
    constants,
    containers,
    contexts,
    copies,
    folds,
    imports,
    introspection,
    iterators,
    loops,
    modules,
    namespaces,
    options,
    records,
    roles,
    sets,
    supplies,
)
from dllint.infer.state import Args
from dllint.values.value import (
    FALSE,
    NO_DEPS,
    NONE,
    Atom,
    Const,
    Deps,
    Entries,
    Items,
    Library,
    Many,
    Method,
    Partial,
    Range,
    Ref,
    Site,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    deps,
    lasting,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

import builtins as _builtins

BUILTINS = frozenset(dir(_builtins))
THE_END = Unknown("the program ends here", ("the end",))
Run = Callable[["Machine", Args, Site], Value]


def _of_constants(function: Callable[..., object]) -> Run:
    """A function of constants alone; of anything else nobody knows."""

    def run(m: Machine, args: Args, site: Site) -> Value:
        if not args.positional or args.keywords or args.open:
            return Unknown("a number nobody knows", ("at", site, m.passes), deps=_made_of(args))
        return constants.each(args.positional, lambda given: called(m, given, site))

    def called(m: Machine, given: Sequence[Atom], site: Site) -> Value:
        found = constants.computed(m, lambda: function(*(constants.python_object(m, a) for a in given)), site)
        return found or Unknown("a number nobody knows", ("at", site, m.passes), deps=_made_of(Args(given)))

    return run


def _made_of(args: Args) -> Deps:
    """What a number is made of that tells something of it."""
    return NO_DEPS.union(*(lasting(deps(given)) for given in args.positional))


def _range(m: Machine, args: Args, site: Site) -> Value:
    bounds = [a.value if type(a) is Const else None for a in args.positional]
    if bounds and all(isinstance(b, int) for b in bounds):
        found = loops.numbers(*_bounds(bounds))  # type: ignore[arg-type]
        if found is not None:
            return found
    stop = _ends(args.positional) if m.optimizers and not args.open else NONE
    return Range(Unknown("a number of a range"), stop) if stop != NONE else Many(Unknown("a number of a range"))


def _ends(given: Sequence[Value]) -> Value:
    """How many numbers a range has, counted from the first: `range(1, n + 1)` has n, as has `range(at, n)`."""
    match list(given):
        case [stop] | [Const(value=0) | Unknown(), stop]:
            return stop
        case [Const(value=1), Unknown(ident=("+", tuple() as ident, Const(value=1)), why=why)]:
            return Unknown(why, ident)
        case [Const(value=1), Const(value=int() as stop)]:
            return Const(stop - 1)
    return NONE


def _bounds(given: list[object]) -> tuple[object, object, object]:
    if len(given) == 1:
        return 0, given[0], 1
    return given[0], given[1], given[2] if len(given) > 2 else 1


def _enumerate(m: Machine, args: Args, site: Site) -> Value:
    given = args.get(0) or NONE
    start = args.get(1, "start") or Const(0)
    items = loops.counted(m, given)
    if items is not None and type(start) is Const and isinstance(start.value, int):
        return TupleOf(tuple(TupleOf((Const(i), item)) for i, item in enumerate(items, start.value)))
    return Many(TupleOf((Unknown("a counter"), loops.element(m, given))))


def _zip(m: Machine, args: Args, site: Site) -> Value:
    counted = [loops.counted(m, a) for a in args.positional]
    if counted and all(c is not None for c in counted):
        return TupleOf(tuple(TupleOf(group) for group in zip(*counted, strict=False)))
    return Many(TupleOf(tuple(loops.element(m, a) for a in args.positional)))


def _list(m: Machine, args: Args, site: Site) -> Value:
    given = args.get(0, "iterable")
    if given is None:
        return containers.new_list(m, [], site)
    items = loops.counted(m, given)
    if items is not None:
        return containers.new_list(m, items, site)
    contents = m.store.get((given.id, "[]")) if type(given) is Ref else None
    values = contents.values if type(contents) is Items else (loops.element(m, given),)
    return containers.new_list(m, values, site, open=True)


def _tuple(m: Machine, args: Args, site: Site) -> Value:
    given = args.get(0)
    if given is None:
        return TupleOf(())
    items = loops.counted(m, given)
    return TupleOf(items) if items is not None else Many(loops.element(m, given))


def _dict(m: Machine, args: Args, site: Site) -> Value:
    made = containers.new_dict(m, [], site, open=args.open)
    given = args.get(0)
    if given is not None:
        pairs = None if _entries(m, given) else loops.counted(m, given)
        if pairs is not None:
            for pair in pairs:
                if type(pair) is TupleOf and len(pair.items) == 2:
                    containers.set_item(m, made, *pair.items)
        else:
            containers.METHODS["update"](m, made.id, Args((given,)), site)
    for name, value in args.keywords.items():
        containers.set_item(m, made, Const(name), value)
    return made


def _entries(m: Machine, value: Value) -> bool:
    return type(value) is Ref and type(m.store.get((value.id, "{}"))) is Entries


def _same_items(m: Machine, args: Args, site: Site) -> Value:
    """tqdm: the items of what is given, in an order that does not matter here."""
    return args.get(0, "iterable") or Many(Unknown("an item"))


def _chain(m: Machine, args: Args, site: Site) -> Value:
    """itertools.chain: an item of any of them."""
    items = [loops.element(m, a) for a in args.positional]
    return supplies.generator(m, m.one_of(items or [Unknown("an item of nothing")]), site)


def _chained(m: Machine, args: Args, site: Site) -> Value:
    """chain.from_iterable."""
    return Many(loops.element(m, loops.element(m, args.get(0) or NONE)))


def _reversed(m: Machine, args: Args, site: Site) -> Value:
    items = loops.counted(m, args.get(0) or NONE)
    return TupleOf(items[::-1]) if items is not None else Many(loops.element(m, args.get(0) or NONE))


def _map(m: Machine, args: Args, site: Site) -> Value:
    if not args.positional:
        return m.unknown("map() of arguments nobody counted", site, args.all())
    function, *iterables = args.positional
    counted = [loops.counted(m, a) for a in iterables]
    if counted and all(c is not None for c in counted):
        return TupleOf(tuple(m.call(function, Args(group), site) for group in zip(*counted, strict=False)))
    return Many(m.call(function, Args([loops.element(m, a) for a in iterables]), site))


def _filter(m: Machine, args: Args, site: Site) -> Value:
    return supplies.generator(m, loops.element(m, args.get(1) or NONE), site)


def _none(m: Machine, args: Args, site: Site) -> Value:
    return NONE


def _unknown(why: str) -> Run:
    """A function that does nothing to what it is given, and whose result is not followed."""
    return lambda m, args, site: m.unknown(why, site)


def _number(m: Machine, args: Args, site: Site) -> Value:
    """float(x), int(x): of a tensor, a Python number."""
    given = args.get(0)
    if type(given) is Const and len(args.positional) == 1:
        return _of_constants(float)(m, args, site)
    if given is not None and deps(given):
        from dllint.infer import forwards

        forwards.scored(m, deps(given), site, "turned into a number")
    return Unknown("a number", ("at", site, m.passes), deps=_made_of(args))


def _integer(m: Machine, args: Args, site: Site) -> Value:
    """int() of a constant; of a tensor, a Python number."""
    given = args.get(0)
    if type(given) is Const and len(args.positional) == 1:
        return _of_constants(int)(m, args, site)
    return _number(m, args, site)


def _bool(m: Machine, args: Args, site: Site) -> Value:
    known, ident = conditions.truth(m, args.get(0) or FALSE)
    return Const(known) if known is not None else Unknown("a truth", ident, deps=_made_of(args))


def _absolute(m: Machine, args: Args, site: Site) -> Value:
    """abs() of a constant; of a tensor, its own."""
    given = args.get(0)
    return m.call(Method(given, "abs"), Args(), site) if type(given) is Tensor else _of_constants(abs)(m, args, site)


def _partial(m: Machine, args: Args, site: Site) -> Value:
    if not args.positional:
        return m.unknown("partial() of arguments nobody counted", site, args.all())
    function, *first = args.positional
    return Partial(function, tuple(first), tuple(args.keywords.items()))


def _dataclass(m: Machine, args: Args, site: Site) -> Value:
    given = args.get(0)
    if given is not None:
        return contexts.decorated(m, Library("dataclasses.dataclass"), given, site)
    return Partial(Library("dataclasses.dataclass"), (), ())


def _field(m: Machine, args: Args, site: Site) -> Value:
    factory = args.keywords.get("default_factory")
    if factory is not None:
        return Partial(Library(records.FACTORY), (factory,), ())
    return args.keywords.get("default") or Unknown("a field")


def _wraps(m: Machine, args: Args, site: Site) -> Value:
    """functools.wraps(f): a decorator that keeps what it is given."""
    return Library("builtins.#same")


def _first(m: Machine, args: Args, site: Site) -> Value:
    return args.get(0) or NONE


def _shallow(m: Machine, args: Args, site: Site) -> Value:
    return args.get(0) or NONE


def _deep(m: Machine, args: Args, site: Site) -> Value:
    if modules.is_module(m, args.get(0) or NONE):
        roles.kept(m, site)
    return copies.deep(m, args.get(0) or NONE, site)


def _copied(m: Machine, args: Args, site: Site) -> Value:
    """shutil.copyfile(checkpoint, best)."""
    roles.kept(m, site)
    return m.unknown("the path of a copy", site, args.all())


def _import_module(m: Machine, args: Args, site: Site) -> Value:
    """import_module of a constant name; of "models." + name, any module of the folder."""
    name = args.get(0) or NONE
    if type(name) is Const and isinstance(name.value, str):
        found = m.project.resolve(
            m.files[m.here.file], name.value.lstrip("."), len(name.value) - len(name.value.lstrip("."))
        )
        if found is not None:
            imports.load(m, found)
        return imports.module(m, name.value, found)
    return m.unknown("a module chosen at run time", site)


def _spawn(m: Machine, args: Args, site: Site) -> Value:
    """mp.spawn(worker, args=(…)): the worker runs with a rank and these."""
    function = args.get(0, "fn")
    given = args.get(1, "args")
    more = loops.counted(m, given) if given is not None else ()
    if function is not None:
        m.call(function, Args((Unknown("a rank"), *(more or ())), open=more is None), site)
    return NONE


def _process(m: Machine, args: Args, site: Site) -> Value:
    """Process(target=worker, args=(…)): the worker runs."""
    target = args.keywords.get("target")
    if target is not None:
        more = loops.counted(m, args.keywords.get("args", TupleOf(())))
        m.call(target, Args(more or (), open=more is None), site)
    return m.unknown("a process", site)


def _globals(m: Machine, args: Args, site: Site) -> Value:
    return imports.globals_of(m, m.here.frames[-1])


def _eval(m: Machine, args: Args, site: Site) -> Value:
    """eval("Net") is the name; eval(args.model) any function or class of the file, when the option is its name."""
    given = args.get(0) or NONE
    frame = m.here.frames[-1]
    if type(given) is Const and isinstance(given.value, str) and given.value.isidentifier():
        return m.store.get((frame, given.value)) or m.unknown("what is evaluated", site)
    if type(given) is Unknown and given.ident is not None and len(args.positional) == 1:
        return introspection.any_member(m, frame, given)
    return m.unknown("what is evaluated", site, args.all())


def _exit(m: Machine, args: Args, site: Site) -> Value:
    """sys.exit(): nothing after it runs."""
    return THE_END


def _data_parallel(m: Machine, args: Args, site: Site) -> Value:
    """nn.parallel.data_parallel(module, inputs): the module is called."""
    module, inputs = args.get(0, "module"), args.get(1, "inputs")
    return m.call(module or NONE, Args((inputs,) if inputs is not None else ()), site)


TABLE: dict[str, Run] = {
    "builtins.len": folds.length,
    "builtins.range": _range,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.list": _list,
    "builtins.set": sets.made,
    "builtins.frozenset": sets.made,
    "builtins.tuple": _tuple,
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": containers.defaultdict,
    "collections.namedtuple": records.called,
    "typing.NamedTuple": records.typed,
    "builtins.sorted": folds.ordered,
    "builtins.iter": iterators.made,
    "tqdm.tqdm": _same_items,
    "tqdm.auto.tqdm": _same_items,
    "tqdm.notebook.tqdm": _same_items,
    "tqdm.tqdm_notebook": _same_items,
    "tqdm.trange": _range,
    "tqdm.auto.trange": _range,
    "rich.progress.track": _same_items,
    "builtins.reversed": _reversed,
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chained,
    "builtins.next": iterators.following,
    "builtins.map": _map,
    "builtins.filter": _filter,
    "builtins.isinstance": introspection.is_instance,
    "builtins.hasattr": introspection.has_attribute,
    "builtins.getattr": introspection.get_attribute,
    "builtins.setattr": introspection.set_attribute,
    "builtins.globals": _globals,
    "builtins.vars": namespaces.of,
    "builtins.eval": _eval,
    "builtins.super": introspection.super_of,
    "builtins.type": introspection.type_of,
    "builtins.print": _none,
    "builtins.float": _number,
    "builtins.int": _integer,
    "builtins.bool": _bool,
    "builtins.str": _of_constants(str),
    "builtins.abs": _absolute,
    "builtins.round": _of_constants(round),
    "builtins.min": folds.extreme(min),
    "builtins.max": folds.extreme(max),
    "builtins.any": folds.whether(True),
    "builtins.all": folds.whether(False),
    "builtins.sum": folds.total,
    "builtins.open": _unknown("a file"),
    "builtins.input": _unknown("what is typed"),
    "builtins.#same": _first,
    "functools.partial": _partial,
    "functools.wraps": _wraps,
    "functools.lru_cache": _wraps,
    "functools.cache": _first,
    "dataclasses.dataclass": _dataclass,
    "dataclasses.field": _field,
    "dataclasses.replace": records.replaced,
    "dataclasses.asdict": records.as_dict,
    "copy.copy": _shallow,
    "shutil.copy": _copied,
    "shutil.copy2": _copied,
    "shutil.copyfile": _copied,
    "copy.deepcopy": _deep,
    "importlib.import_module": _import_module,
    "torch.multiprocessing.spawn": _spawn,
    "torch.multiprocessing.Process": _process,
    "multiprocessing.Process": _process,
    "torch.nn.parallel.data_parallel": _data_parallel,
    "sys.exit": _exit,
    "os._exit": _exit,
    "builtins.exit": _exit,
    "builtins.quit": _exit,
    "math.log": _of_constants(__import__("math").log),
    "math.sqrt": _of_constants(__import__("math").sqrt),
    "math.ceil": _of_constants(__import__("math").ceil),
    "math.floor": _of_constants(__import__("math").floor),
    "argparse.ArgumentParser": options.parser,
}

METHODS = options.METHODS
