"""keras.datasets.mnist: what its load_data gives is said in `infer/keras/datasets.py`."""

# ruff: noqa
__also__ = ("tensorflow.keras.datasets.mnist", "tensorflow.python.keras.datasets.mnist", "tf_keras.datasets.mnist")

@effect.load_data
def load_data(*args, label_mode=None, **kwargs) -> Unknown: ...
