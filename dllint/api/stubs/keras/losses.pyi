"""keras.losses: classes, functions, and the names by which `compile` takes them. Labels come first."""

# ruff: noqa
__also__ = (
    "keras.objectives",
    "keras.metrics.losses",
    "tensorflow.keras.losses",
    "tensorflow.python.keras.losses",
    "tensorflow.compat.v1.keras.losses",
    "tf_keras.losses",
    "tensorflow.losses",
)

class Loss:
    def __init__(self, *args, **kwargs): ...

class BinaryCrossentropy(Loss):
    def __init__(self, from_logits=False, label_smoothing=0.0, *args, **kwargs): ...
    def __call__(
        self, y_true: Truth, y_pred: When["from_logits", {True: SigmoidLogits, False: SigmoidProbs}], *args, **kwargs
    ) -> Loss: ...

class BinaryFocalCrossentropy(Loss):
    def __init__(
        self, apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, **kwargs
    ): ...
    def __call__(
        self, y_true: Truth, y_pred: When["from_logits", {True: SigmoidLogits, False: SigmoidProbs}], *args, **kwargs
    ) -> Loss: ...

class CategoricalCrossentropy(Loss):
    def __init__(self, from_logits=False, label_smoothing=0.0, *args, **kwargs): ...
    def __call__(
        self, y_true: Truth, y_pred: When["from_logits", {True: Logits, False: Probs}], *args, **kwargs
    ) -> Loss: ...

class CategoricalFocalCrossentropy(Loss):
    def __init__(self, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, **kwargs): ...
    def __call__(
        self, y_true: Truth, y_pred: When["from_logits", {True: Logits, False: Probs}], *args, **kwargs
    ) -> Loss: ...

class SparseCategoricalCrossentropy(Loss):
    def __init__(self, from_logits=False, *args, **kwargs): ...
    def __call__(
        self, y_true: Truth, y_pred: When["from_logits", {True: Logits, False: Probs}], *args, **kwargs
    ) -> Loss: ...

class _Regression(Loss):
    def __call__(self, y_true: Truth, y_pred: Prediction, *args, **kwargs) -> Loss: ...

class MeanSquaredError(_Regression): ...
class MeanAbsoluteError(_Regression): ...
class MeanAbsolutePercentageError(_Regression): ...
class MeanSquaredLogarithmicError(_Regression): ...
class LogCosh(_Regression): ...
class Huber(_Regression): ...

def binary_crossentropy(
    y_true: Truth,
    y_pred: When["from_logits", {True: SigmoidLogits, False: SigmoidProbs}],
    from_logits=False,
    label_smoothing=0.0,
    axis=-1,
) -> Loss: ...
def categorical_crossentropy(
    y_true: Truth,
    y_pred: When["from_logits", {True: Logits, False: Probs}],
    from_logits=False,
    label_smoothing=0.0,
    axis=-1,
) -> Loss: ...
def sparse_categorical_crossentropy(
    y_true: Truth, y_pred: When["from_logits", {True: Logits, False: Probs}], from_logits=False, *args, **kwargs
) -> Loss: ...
def mean_squared_error(y_true: Truth, y_pred: Prediction) -> Loss: ...
def mean_absolute_error(y_true: Truth, y_pred: Prediction) -> Loss: ...
def mean_absolute_percentage_error(y_true: Truth, y_pred: Prediction) -> Loss: ...
def mean_squared_logarithmic_error(y_true: Truth, y_pred: Prediction) -> Loss: ...
def log_cosh(y_true: Truth, y_pred: Prediction) -> Loss: ...
def huber(y_true: Truth, y_pred: Prediction, delta=1.0) -> Loss: ...

mse = mean_squared_error
MSE = mean_squared_error
mae = mean_absolute_error
MAE = mean_absolute_error
mape = mean_absolute_percentage_error
MAPE = mean_absolute_percentage_error
msle = mean_squared_logarithmic_error
MSLE = mean_squared_logarithmic_error
logcosh = log_cosh
