"""keras.applications: networks that were trained on ImageNet, and how they want their pixels."""

# ruff: noqa
from keras.models import Model

__also__ = (
    "keras.applications.inception_v3",
    "keras.applications.inception_resnet_v2",
    "keras.applications.xception",
    "keras.applications.mobilenet",
    "keras.applications.mobilenet_v2",
    "keras.applications.resnet_v2",
    "keras.applications.nasnet",
    "keras.applications.resnet",
    "keras.applications.resnet50",
    "keras.applications.vgg16",
    "keras.applications.vgg19",
    "keras.applications.densenet",
    "keras.applications.efficientnet",
    "keras.applications.efficientnet_v2",
    "keras.applications.mobilenet_v3",
    "keras.applications.convnext",
    "tensorflow.keras.applications",
    "tensorflow.keras.applications.inception_v3",
    "tensorflow.keras.applications.inception_resnet_v2",
    "tensorflow.keras.applications.xception",
    "tensorflow.keras.applications.mobilenet",
    "tensorflow.keras.applications.mobilenet_v2",
    "tensorflow.keras.applications.resnet_v2",
    "tensorflow.keras.applications.nasnet",
    "tensorflow.keras.applications.resnet",
    "tensorflow.keras.applications.resnet50",
    "tensorflow.keras.applications.vgg16",
    "tensorflow.keras.applications.vgg19",
    "tensorflow.keras.applications.densenet",
    "tensorflow.keras.applications.efficientnet",
    "tensorflow.keras.applications.efficientnet_v2",
    "tensorflow.keras.applications.mobilenet_v3",
    "tensorflow.keras.applications.convnext",
    "tensorflow.python.keras.applications",
    "tensorflow.python.keras.applications.inception_v3",
    "tensorflow.python.keras.applications.inception_resnet_v2",
    "tensorflow.python.keras.applications.xception",
    "tensorflow.python.keras.applications.mobilenet",
    "tensorflow.python.keras.applications.mobilenet_v2",
    "tensorflow.python.keras.applications.resnet_v2",
    "tensorflow.python.keras.applications.nasnet",
    "tensorflow.python.keras.applications.resnet",
    "tensorflow.python.keras.applications.resnet50",
    "tensorflow.python.keras.applications.vgg16",
    "tensorflow.python.keras.applications.vgg19",
    "tensorflow.python.keras.applications.densenet",
    "tensorflow.python.keras.applications.efficientnet",
    "tensorflow.python.keras.applications.efficientnet_v2",
    "tensorflow.python.keras.applications.mobilenet_v3",
    "tensorflow.python.keras.applications.convnext",
    "keras.src.applications",
    "keras.src.applications.inception_v3",
    "keras.src.applications.inception_resnet_v2",
    "keras.src.applications.xception",
    "keras.src.applications.mobilenet",
    "keras.src.applications.mobilenet_v2",
    "keras.src.applications.resnet_v2",
    "keras.src.applications.nasnet",
    "keras.src.applications.resnet",
    "keras.src.applications.resnet50",
    "keras.src.applications.vgg16",
    "keras.src.applications.vgg19",
    "keras.src.applications.densenet",
    "keras.src.applications.efficientnet",
    "keras.src.applications.efficientnet_v2",
    "keras.src.applications.mobilenet_v3",
    "keras.src.applications.convnext",
    "keras_applications",
    "keras_applications.inception_v3",
    "keras_applications.inception_resnet_v2",
    "keras_applications.xception",
    "keras_applications.mobilenet",
    "keras_applications.mobilenet_v2",
    "keras_applications.resnet_v2",
    "keras_applications.nasnet",
    "keras_applications.resnet",
    "keras_applications.resnet50",
    "keras_applications.vgg16",
    "keras_applications.vgg19",
    "keras_applications.densenet",
    "keras_applications.efficientnet",
    "keras_applications.efficientnet_v2",
    "keras_applications.mobilenet_v3",
    "keras_applications.convnext",
    "tf_keras.applications",
    "tf_keras.applications.inception_v3",
    "tf_keras.applications.inception_resnet_v2",
    "tf_keras.applications.xception",
    "tf_keras.applications.mobilenet",
    "tf_keras.applications.mobilenet_v2",
    "tf_keras.applications.resnet_v2",
    "tf_keras.applications.nasnet",
    "tf_keras.applications.resnet",
    "tf_keras.applications.resnet50",
    "tf_keras.applications.vgg16",
    "tf_keras.applications.vgg19",
    "tf_keras.applications.densenet",
    "tf_keras.applications.efficientnet",
    "tf_keras.applications.efficientnet_v2",
    "tf_keras.applications.mobilenet_v3",
    "tf_keras.applications.convnext",
)

class _Network(Model):
    def __init__(self, include_top=True, weights="imagenet", *args, include_preprocessing=True, **kwargs): ...

class _Preprocessed(_Network):
    scale = "preprocessed"

class _Inside(_Network):
    scale = "inside"

class VGG16(_Preprocessed): ...
class VGG19(_Preprocessed): ...
class ResNet50(_Preprocessed): ...
class ResNet101(_Preprocessed): ...
class ResNet152(_Preprocessed): ...
class ResNet50V2(_Preprocessed): ...
class ResNet101V2(_Preprocessed): ...
class ResNet152V2(_Preprocessed): ...
class InceptionV3(_Preprocessed): ...
class InceptionResNetV2(_Preprocessed): ...
class Xception(_Preprocessed): ...
class MobileNet(_Preprocessed): ...
class MobileNetV2(_Preprocessed): ...
class DenseNet121(_Preprocessed): ...
class DenseNet169(_Preprocessed): ...
class DenseNet201(_Preprocessed): ...
class NASNetMobile(_Preprocessed): ...
class NASNetLarge(_Preprocessed): ...
class EfficientNetB0(_Inside): ...
class EfficientNetB1(_Inside): ...
class EfficientNetB2(_Inside): ...
class EfficientNetB3(_Inside): ...
class EfficientNetB4(_Inside): ...
class EfficientNetB5(_Inside): ...
class EfficientNetB6(_Inside): ...
class EfficientNetB7(_Inside): ...
class EfficientNetV2B0(_Inside): ...
class EfficientNetV2B1(_Inside): ...
class EfficientNetV2B2(_Inside): ...
class EfficientNetV2B3(_Inside): ...
class EfficientNetV2S(_Inside): ...
class EfficientNetV2M(_Inside): ...
class EfficientNetV2L(_Inside): ...
class MobileNetV3Small(_Inside): ...
class MobileNetV3Large(_Inside): ...
class ConvNeXtTiny(_Inside): ...
class ConvNeXtSmall(_Inside): ...
class ConvNeXtBase(_Inside): ...
class ConvNeXtLarge(_Inside): ...
class ConvNeXtXLarge(_Inside): ...
