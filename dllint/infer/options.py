"""Command line options: what a parser gives is unknown, but the same each time, and known by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dllint.infer.state import Args, Thing
from dllint.values.value import NONE, Library, Ref, Site, TupleOf, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

PARSER = "argparse.ArgumentParser"


def parser(m: Machine, args: Args, site: Site) -> Value:
    return m.new(Thing("library", site, Library(PARSER), name="ArgumentParser"))


def _parse(m: Machine, receiver: Value, args: Args, site: Site) -> Value:
    """parse_args(): one unknown whose attributes are the options."""
    ident = ("options", site)
    m.labels.setdefault(ident, "args")
    return Unknown("an option of the command line", ident)


def _parse_known(m: Machine, receiver: Value, args: Args, site: Site) -> Value:
    return TupleOf((_parse(m, receiver, args, site), Unknown("the options left over")))


def _add(m: Machine, receiver: Value, args: Args, site: Site) -> Value:
    return NONE


def _group(m: Machine, receiver: Value, args: Args, site: Site) -> Value:
    return receiver


METHODS: dict[tuple[str, str], Callable[[Machine, Ref, Args, Site], Value]] = {
    (PARSER, "parse_args"): _parse,
    (PARSER, "parse_known_args"): _parse_known,
    (PARSER, "add_argument"): _add,
    (PARSER, "add_argument_group"): _group,
    (PARSER, "add_mutually_exclusive_group"): _group,
    (PARSER, "add_subparsers"): _group,
    (PARSER, "add_parser"): _group,
    (PARSER, "set_defaults"): _add,
}
