"""Labels as Keras is given them: class indices, one-hot rows, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer.state import Args
from dllint.values.kind import LABELS, Kind
from dllint.values.shape import Shape
from dllint.values.term import NOWHERE, Term, unmoved
from dllint.values.value import NONE, Const, Ref, Site, Step, Tensor, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def known(value: Value) -> bool:
    """Whether it is known of which form labels are."""
    return type(value) is Tensor and value.kind in LABELS


def divided(value: Value) -> bool:
    """Whether it is what a division leaves of class indices."""
    if type(value) is not Tensor or (quotient := unmoved(value.term)) is NOWHERE or not isinstance(quotient, Term):
        return False
    of = unmoved(quotient.of[0]) if quotient.op in ("/", "div") and quotient.of else NOWHERE
    return isinstance(of, Term) and of.op == "labels" and of.option("form") is Kind.CLASSES


def made(kind: Kind, site: Site, what: str, classes: int = 0) -> Tensor:
    """Labels of a form, of so many classes, 0 where nobody knows."""
    width = (None, classes or None) if kind is Kind.ONE_HOT else (None,)
    how = Term("labels", (), (("classes", classes), ("form", kind)), site)
    return Tensor(kind, (Step(site, what),), tracked=False, term=how, shape=Shape(width))


def given(site: Site) -> Tensor:
    """Labels of whatever form, as fit gives them to the loss of a model that is compiled here."""
    return Tensor(
        Kind.TARGET, (Step(site, "the labels that fit is given"),), tracked=False, term=Term("labels", at=site)
    )


def one_hot(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """to_categorical(y, n)."""
    told = bound.get("num_classes", NONE)
    of = bound.get("y", NONE)
    classes = told.value if type(told) is Const and isinstance(told.value, int) else classes_of(of)
    return made(Kind.ONE_HOT, site, "one-hot rows made by to_categorical", classes)


def written(m: Machine, value: Ref, site: Site) -> Tensor | None:
    """np.array([0, 1, 1, 0]), np.array([[0], [1]]): labels of two classes; None of anything else."""
    from dllint.infer import loops

    numbers = [_number(m, item) for item in loops.counted(m, value) or ()]
    if len(numbers) > 1 and set(numbers) == {0, 1}:
        return made(Kind.CLASSES, site, "labels of two classes", 2)
    return None


def _number(m: Machine, item: Value) -> object:
    """A number, or the only one of a row; None of anything else."""
    from dllint.infer import loops

    if type(item) is Ref and m.heap[item.id].sort == "list":
        row = loops.counted(m, item) or ()
        item = row[0] if len(row) == 1 else NONE
    return item.value if type(item) is Const and type(item.value) is int else None


def encoded(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """LabelEncoder().fit_transform(y): class indices, of nobody knows how many classes."""
    return made(Kind.CLASSES, site, "class indices made by LabelEncoder")


def dummies(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """pandas.get_dummies(y): one-hot rows."""
    return made(Kind.ONE_HOT, site, "one-hot rows made by get_dummies")


def classes_of(value: Value) -> int:
    """How many classes labels tell apart; 0 where nobody knows."""
    most = value.term.option("classes") if type(value) is Tensor and value.term.op == "labels" else 0
    return most if isinstance(most, int) else 0
