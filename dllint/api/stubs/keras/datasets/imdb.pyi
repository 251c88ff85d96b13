"""keras.datasets.imdb: what its load_data gives is said in `infer/keras/datasets.py`."""

# ruff: noqa
__also__ = ("tensorflow.keras.datasets.imdb", "tensorflow.python.keras.datasets.imdb", "tf_keras.datasets.imdb")

@effect.load_data
def load_data(*args, label_mode=None, **kwargs) -> Unknown: ...
