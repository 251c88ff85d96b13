"""keras.utils: labels as one-hot rows."""

# ruff: noqa
__also__ = (
    "keras.src.utils",
    "keras.utils.np_utils",
    "keras.utils.numerical_utils",
    "tensorflow.keras.utils",
    "tensorflow.python.keras.utils",
    "tensorflow.python.keras.utils.np_utils",
    "tensorflow.contrib.keras.utils",
    "tf_keras.utils",
)

@effect.one_hot
def to_categorical(y, num_classes=None, *args, **kwargs) -> Unknown: ...
def normalize(x, axis=-1, order=2) -> Unknown: ...
