"""Random models of Keras, as programs."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

NAMED = ("'relu'", "'softmax'", "'sigmoid'", "'tanh'", "'linear'", "'softplus'", "keras.activations.softmax")
FLAT = (
    "layers.Dense({n}, activation={a})",
    "layers.Dense({n})",
    "layers.Activation({b})",
    "layers.Dropout(0.3)",
    "layers.BatchNormalization()",
    "layers.LeakyReLU()",
    "layers.ReLU()",
    "layers.Softmax()",
    "layers.ELU()",
    "keras.Sequential([layers.Dense({n}), layers.Activation({b})])",
)
PICTURES = (
    "layers.Conv2D({n}, 3, padding='same', activation={a})",
    "layers.Conv2D({n}, (3, 3), padding='same')",
    "layers.MaxPooling2D(2, padding='same')",
    "layers.AveragePooling2D(2, padding='same')",
    "layers.BatchNormalization()",
    "layers.Activation({b})",
    "layers.ZeroPadding2D(1)",
    "layers.UpSampling2D(2)",
)
DOWN = ("layers.Flatten()", "layers.GlobalAveragePooling2D()", "layers.GlobalMaxPooling2D()")
HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n\n"


@dataclass(frozen=True, slots=True)
class Model:
    """A program that makes `model` and calls it on `x`, which is `made`, and the head of it."""

    source: str
    shape: tuple[int, ...]


def _layer(templates: tuple[str, ...]) -> st.SearchStrategy[str]:
    units, activations, named = st.integers(1, 5), st.sampled_from(("None", *NAMED)), st.sampled_from(NAMED)
    return st.builds(lambda t, n, a, b: t.format(n=n, a=a, b=b), st.sampled_from(templates), units, activations, named)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """By list, by add, or as a graph; of rows of numbers, or of pictures."""
    pictures = draw(st.booleans())
    shape = (8, 8, 3) if pictures else (6,)
    rows = [*draw(st.lists(_layer(PICTURES), max_size=4)), draw(st.sampled_from(DOWN))] if pictures else []
    rows += ["layers.Dense(4)", *draw(st.lists(_layer(FLAT), max_size=5))]
    form = draw(st.sampled_from((_by_list, _by_add, _as_graph)))
    return Model(HEAD + form(rows, shape) + "\nmade = model(x)\n", shape)


def _by_list(rows: list[str], shape: tuple[int, ...]) -> str:
    return f"model = keras.Sequential([layers.Input(shape={shape}), {', '.join(rows)}])"


def _by_add(rows: list[str], shape: tuple[int, ...]) -> str:
    added = "\n".join(f"model.add({row})" for row in rows)
    return f"model = keras.models.Sequential()\nmodel.add(keras.Input({shape}))\n{added}"


def _as_graph(rows: list[str], shape: tuple[int, ...]) -> str:
    called = "\n".join(f"h = {row}(h)" for row in rows)
    return f"i = h = keras.Input(shape={shape})\n{called}\nmodel = keras.Model(i, h)"
