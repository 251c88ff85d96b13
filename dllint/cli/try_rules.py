"""`dllint rules test`: private rules put to the examples of their own pages."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dllint import rulebook, rulefile
from dllint.config import Settings, read_settings
from dllint.findings import Level
from dllint.page import Example
from dllint.report.count import counted
from dllint.rule import Rule


@click.command("test")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def try_rules(folders: tuple[Path, ...]) -> int:
    """Judge every example of the rules in FOLDERS: the bad ones must be found at their marks, the others be silent.

    FOLDERS are those of the configuration when none is given. Exit status: 0 all is as the pages say, 1 something
    is not, 2 a rule cannot be loaded.
    """
    folders = folders or tuple(map(Path, read_settings().rules))
    if not folders:
        raise click.UsageError("name a folder of rules, here or as `rules` in the configuration")
    paths = {rulefile.name_of(path): path for folder in folders for path in rulebook.files(folder)}
    if not paths:
        raise click.ClickException(f"{', '.join(map(str, folders))}: no rule is there, a *.py that begins with no _")
    book = rulebook.load(private=folders, pages=True)
    mine = [rule for rule in book if rule.name in paths]
    faults = 0
    for rule in mine:
        for line in _tried(rule, paths[rule.name], book, mine):
            faults += 1
            click.echo(line)
    _sum_up(mine, faults)
    return int(faults > 0)


def _sum_up(mine: Sequence[Rule], faults: int) -> None:
    shown = sum(len(rulebook.examples(rule)) for rule in mine)
    what = f"{counted(len(mine), 'rules')}, {counted(shown, 'examples')}"
    click.echo(f"{what}: {counted(faults, 'faults') if faults else 'all as the pages say'}")


def _tried(rule: Rule, path: Path, book: Sequence[Rule], mine: Sequence[Rule]) -> Iterator[str]:
    """`rules/sore.py:9: bad example: …`, for everything that is not as the page says."""
    from tempfile import TemporaryDirectory

    from dllint.trial import tried  # the engine: not for `dllint rules`

    for example in rulebook.examples(rule):
        with TemporaryDirectory() as folder:
            trial = tried(example, _settings(example, rule, mine), book, Path(folder))
            for fault in trial.faults():
                yield f"{os.path.relpath(path)}:{rulefile.page_line(path, example.line)}: {_kind(example)}: {fault}"


def _settings(example: Example, rule: Rule, mine: Sequence[Rule]) -> Settings:
    """Judge by these rules, less the advice of others than this one, and by those that the example speaks of."""
    asked = {one.name for one in mine if one is rule or one.level is not Level.ADVICE}
    return Settings(select=sorted(asked | {mark.rule for mark in example.expects}))


def _kind(example: Example) -> str:
    return f"{example.kind} example" + (f" ({example.title})" if example.title else "")
