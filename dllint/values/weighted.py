"""Which terms have weights of a network behind them, so that a gradient surely flows back through them."""

from __future__ import annotations

from dllint.values.term import WEIGHTS, Operand, Term, cut_off

LAYERS = frozenset({"linear", "bilinear", "conv1d", "conv2d", "conv3d", "embedding"})
"""Layers that give scores: nothing keeps those small."""
RECURRENT = frozenset({"rnn", "lstm", "gru", "rnncell", "lstmcell", "grucell"})


def weighted(found: Operand) -> bool:
    """Whether weights lie behind a term. Of what was forgotten nobody knows: that says no."""
    if not isinstance(found, Term) or cut_off(found):
        return False
    leaf = found.op in LAYERS or found.op in RECURRENT or found == WEIGHTS or found.option("requires_grad") is True
    return leaf or any(map(weighted, found.of))
