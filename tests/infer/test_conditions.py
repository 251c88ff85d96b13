"""How sure something is under conditions, of which some follow from others."""

from dllint.findings import Confidence
from dllint.infer.conditions import confidence
from dllint.values.value import Const, Ident

NET: Ident = ("param", (0, 0), "net")
SIZE: Ident = ("param", (0, 0), "size")
FLAT: Ident = ("==", NET, Const("flat"))
DEEP: Ident = ("==", NET, Const("deep"))
LARGE: Ident = ("==", SIZE, Const("large"))


def test_one_option_decides_where_two_together_choose_something_else() -> None:
    assert confidence(frozenset({(FLAT, True), (("and", DEEP, LARGE), False)})) is Confidence.LIKELY


def test_two_options_decide_where_neither_rules_the_other_out() -> None:
    assert confidence(frozenset({(FLAT, True), (LARGE, False)})) is Confidence.POSSIBLE
    assert confidence(frozenset({(DEEP, True), (("and", DEEP, LARGE), False)})) is Confidence.POSSIBLE
