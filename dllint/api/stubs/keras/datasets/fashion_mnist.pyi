"""keras.datasets.fashion_mnist: what its load_data gives is said in `infer/keras/datasets.py`."""

# ruff: noqa
__also__ = (
    "tensorflow.keras.datasets.fashion_mnist",
    "tensorflow.python.keras.datasets.fashion_mnist",
    "tf_keras.datasets.fashion_mnist",
)

@effect.load_data
def load_data(*args, label_mode=None, **kwargs) -> Unknown: ...
