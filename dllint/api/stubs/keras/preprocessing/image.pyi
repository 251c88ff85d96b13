"""keras.preprocessing.image: pictures that are read from files, and batches of them that fit is given."""

# ruff: noqa
__also__ = (
    "keras.src.legacy.preprocessing.image",
    "keras.legacy.preprocessing.image",
    "keras_preprocessing.image",
    "keras.utils",
    "tensorflow.keras.utils",
    "tensorflow.keras.preprocessing",
    "tensorflow.keras.preprocessing.image",
    "tensorflow.python.keras.preprocessing.image",
    "tensorflow.contrib.keras.preprocessing.image",
    "tf_keras.utils",
    "tf_keras.preprocessing.image",
)

class ImageDataGenerator:
    def __init__(
        self,
        featurewise_center=False,
        samplewise_center=False,
        featurewise_std_normalization=False,
        samplewise_std_normalization=False,
        zca_whitening=False,
        zca_epsilon=1e-06,
        rotation_range=0,
        width_shift_range=0.0,
        height_shift_range=0.0,
        brightness_range=None,
        shear_range=0.0,
        zoom_range=0.0,
        channel_shift_range=0.0,
        fill_mode="nearest",
        cval=0.0,
        horizontal_flip=False,
        vertical_flip=False,
        rescale=None,
        preprocessing_function=None,
        data_format=None,
        validation_split=0.0,
        *args,
        **kwargs,
    ): ...
    @effect.flow
    def flow(self, x, y=None, *args, **kwargs) -> Unknown: ...
    @effect.flow_of_files
    def flow_from_directory(
        self,
        directory,
        target_size=(256, 256),
        color_mode="rgb",
        classes=None,
        class_mode="categorical",
        batch_size=32,
        shuffle=True,
        *args,
        **kwargs,
    ) -> Unknown: ...
    @effect.flow_of_files
    def flow_from_dataframe(
        self,
        dataframe,
        directory=None,
        x_col="filename",
        y_col="class",
        weight_col=None,
        target_size=(256, 256),
        color_mode="rgb",
        classes=None,
        class_mode="categorical",
        batch_size=32,
        shuffle=True,
        *args,
        **kwargs,
    ) -> Unknown: ...
    def fit(self, x, *args, **kwargs) -> None: ...

@effect.images_of_directory
def image_dataset_from_directory(
    directory,
    labels="inferred",
    label_mode="int",
    class_names=None,
    color_mode="rgb",
    batch_size=32,
    image_size=(256, 256),
    shuffle=True,
    seed=None,
    validation_split=None,
    subset=None,
    *args,
    **kwargs,
) -> Unknown: ...
def load_img(path, *args, **kwargs) -> Picture: ...
def img_to_array(img, *args, **kwargs) -> Turned["floats", "img"]: ...
