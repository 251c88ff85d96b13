"""keras.datasets.cifar100: what its load_data gives is said in `infer/keras/datasets.py`."""

# ruff: noqa
__also__ = (
    "tensorflow.keras.datasets.cifar100",
    "tensorflow.python.keras.datasets.cifar100",
    "tf_keras.datasets.cifar100",
)

@effect.load_data
def load_data(*args, label_mode=None, **kwargs) -> Unknown: ...
