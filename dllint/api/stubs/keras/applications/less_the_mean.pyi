"""Networks of keras.applications whose preprocess_input makes of pixels BGR, less the mean of ImageNet."""

# ruff: noqa
__name__ = "keras.applications.resnet"
__also__ = (
    "tensorflow.keras.applications.resnet",
    "tensorflow.python.keras.applications.resnet",
    "keras.src.applications.resnet",
    "keras_applications.resnet",
    "tf_keras.applications.resnet",
    "keras.applications.resnet50",
    "tensorflow.keras.applications.resnet50",
    "tensorflow.python.keras.applications.resnet50",
    "keras.src.applications.resnet50",
    "keras_applications.resnet50",
    "tf_keras.applications.resnet50",
    "keras.applications.vgg16",
    "tensorflow.keras.applications.vgg16",
    "tensorflow.python.keras.applications.vgg16",
    "keras.src.applications.vgg16",
    "keras_applications.vgg16",
    "tf_keras.applications.vgg16",
    "keras.applications.vgg19",
    "tensorflow.keras.applications.vgg19",
    "tensorflow.python.keras.applications.vgg19",
    "keras.src.applications.vgg19",
    "keras_applications.vgg19",
    "tf_keras.applications.vgg19",
    "keras.applications.imagenet_utils",
    "tensorflow.keras.applications.imagenet_utils",
    "tensorflow.python.keras.applications.imagenet_utils",
    "keras.src.applications.imagenet_utils",
    "keras_applications.imagenet_utils",
    "tf_keras.applications.imagenet_utils",
)

def preprocess_input(x: BytePixels, data_format=None, *args, **kwargs) -> Turned["array normalised", "x"]: ...
