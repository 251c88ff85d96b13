"""keras.datasets.boston_housing: what its load_data gives is said in `infer/keras/datasets.py`."""

# ruff: noqa
__also__ = (
    "tensorflow.keras.datasets.boston_housing",
    "tensorflow.python.keras.datasets.boston_housing",
    "tf_keras.datasets.boston_housing",
)

@effect.load_data
def load_data(*args, label_mode=None, **kwargs) -> Unknown: ...
