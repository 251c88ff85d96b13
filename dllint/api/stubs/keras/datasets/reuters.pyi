"""keras.datasets.reuters: what its load_data gives is said in `infer/keras/datasets.py`."""

# ruff: noqa
__also__ = (
    "tensorflow.keras.datasets.reuters",
    "tensorflow.python.keras.datasets.reuters",
    "tf_keras.datasets.reuters",
)

@effect.load_data
def load_data(*args, label_mode=None, **kwargs) -> Unknown: ...
