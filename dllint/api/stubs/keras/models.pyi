"""keras.models: layers in a row, or a graph of them; compiled with a loss, fitted to data."""

# ruff: noqa
from keras.layers import Input, Layer

__also__ = (
    "keras",
    "keras.src.models",
    "keras.engine.training",
    "keras.engine.sequential",
    "tensorflow.keras",
    "tensorflow.keras.models",
    "tensorflow.python.keras",
    "tensorflow.python.keras.models",
    "tensorflow.contrib.keras.models",
    "tensorflow.compat.v1.keras",
    "tensorflow.compat.v1.keras.models",
    "tf_keras",
    "tf_keras.models",
)

class Model(Layer):
    def __init__(self, inputs=None, outputs=None, *args, **kwargs): ...
    @effect.compile
    def compile(
        self, optimizer="rmsprop", loss=None, metrics=None, loss_weights=None, *args, weighted_metrics=None, **kwargs
    ) -> None: ...
    @effect.fit_model
    def fit(
        self,
        x=None,
        y=None,
        batch_size=None,
        epochs=1,
        verbose="auto",
        callbacks=None,
        validation_split=0.0,
        validation_data=None,
        shuffle=True,
        *args,
        nb_epoch=1,
        **kwargs,
    ) -> Unknown: ...
    @effect.fit_model
    def fit_generator(
        self,
        generator,
        steps_per_epoch=None,
        epochs=1,
        verbose=1,
        callbacks=None,
        validation_data=None,
        *args,
        **kwargs,
    ) -> Unknown: ...
    @effect.evaluate_model
    def evaluate_generator(self, generator, *args, **kwargs) -> Unknown: ...
    @effect.run_model
    def predict_generator(self, generator, *args, **kwargs) -> Unknown: ...
    @effect.evaluate_model
    def evaluate(self, x=None, y=None, *args, **kwargs) -> Unknown: ...
    @effect.run_model
    def predict(self, x=None, *args, **kwargs) -> Unknown: ...
    @effect.fit_model
    def train_on_batch(self, x=None, y=None, *args, **kwargs) -> Unknown: ...
    def test_on_batch(self, x=None, y=None, *args, **kwargs) -> Unknown: ...
    def summary(self, *args, **kwargs) -> None: ...
    def save(self, *args, **kwargs) -> None: ...
    def save_weights(self, *args, **kwargs) -> None: ...
    def load_weights(self, *args, **kwargs) -> None: ...

class Sequential(Model):
    def __init__(self, layers=None, *args, **kwargs): ...
    @effect.add_layer
    def add(self, layer) -> None: ...
    @effect.pop_layer
    def pop(self) -> None: ...
