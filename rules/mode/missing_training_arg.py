"""A Keras model is trained in a loop of one's own, and nobody tells it that it is training.

`fit` tells the model; `model(x)` inside a `GradientTape` does not, and where nobody says anything `training` is False:
dropout drops nothing, and batch norm neither uses nor learns the statistics of its batches. The loss falls as it
should, so nothing shows it; the model overfits, or works with statistics that were never learnt. The models and layers
inside inherit what the outermost is told.

Bad:
    ```python
    import tensorflow as tf
    from tensorflow import keras

    model = keras.Sequential([keras.layers.Dense(8, "relu"), keras.layers.Dropout(0.5), keras.layers.Dense(3)])
    loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.Adam()

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x))  # expect: missing-training-arg
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))

    step(tf.random.normal((5, 4)), tf.zeros(5, tf.int32))
    ```
Good:
    ```python
    import tensorflow as tf
    from tensorflow import keras

    model = keras.Sequential([keras.layers.Dense(8, "relu"), keras.layers.Dropout(0.5), keras.layers.Dense(3)])
    loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.Adam()

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))

    step(tf.random.normal((5, 4)), tf.zeros(5, tf.int32))
    ```
Source: the calls of Keras 3.15, run; bugs reported of published training loops.
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Give, Rule, Untold

HURTS = {"dropout": "dropout drops nothing", "batchnorm": "batch norm learns no statistics"}


def judge(call: Untold) -> Iterator[Draft]:
    """A model with layers that depend on the mode is called where it trains, and is told nothing."""
    hurts = ", and ".join(HURTS[name] for name in call.names)
    also = "" if call.taken else ", which its call() has to take and pass on"
    yield call.draft(
        f"{call.model} is called without training=True where it is trained, so training is False; {hurts}; "
        f"pass training=True{also}",
        Give(call.where.site, "training", True) if call.taken else None,
    )


RULE = Rule(code="DL413", level=WARNING, on=Untold, judge=judge)
