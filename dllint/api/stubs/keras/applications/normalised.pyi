"""Networks of keras.applications whose preprocess_input makes of pixels scaled, less the mean of ImageNet, divided by its deviation."""

# ruff: noqa
__name__ = "keras.applications.densenet"
__also__ = (
    "tensorflow.keras.applications.densenet",
    "tensorflow.python.keras.applications.densenet",
    "keras.src.applications.densenet",
    "keras_applications.densenet",
    "tf_keras.applications.densenet",
)

def preprocess_input(x: BytePixels, data_format=None, *args, **kwargs) -> Turned["array normalised", "x"]: ...
