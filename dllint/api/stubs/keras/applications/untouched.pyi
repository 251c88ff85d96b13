"""Networks of keras.applications whose preprocess_input makes of pixels what they are: the network scales them."""

# ruff: noqa
__name__ = "keras.applications.efficientnet"
__also__ = (
    "tensorflow.keras.applications.efficientnet",
    "tensorflow.python.keras.applications.efficientnet",
    "keras.src.applications.efficientnet",
    "keras_applications.efficientnet",
    "tf_keras.applications.efficientnet",
    "keras.applications.efficientnet_v2",
    "tensorflow.keras.applications.efficientnet_v2",
    "tensorflow.python.keras.applications.efficientnet_v2",
    "keras.src.applications.efficientnet_v2",
    "keras_applications.efficientnet_v2",
    "tf_keras.applications.efficientnet_v2",
    "keras.applications.mobilenet_v3",
    "tensorflow.keras.applications.mobilenet_v3",
    "tensorflow.python.keras.applications.mobilenet_v3",
    "keras.src.applications.mobilenet_v3",
    "keras_applications.mobilenet_v3",
    "tf_keras.applications.mobilenet_v3",
    "keras.applications.convnext",
    "tensorflow.keras.applications.convnext",
    "tensorflow.python.keras.applications.convnext",
    "keras.src.applications.convnext",
    "keras_applications.convnext",
    "tf_keras.applications.convnext",
)

def preprocess_input(x, data_format=None, *args, **kwargs) -> Same["x"]: ...
