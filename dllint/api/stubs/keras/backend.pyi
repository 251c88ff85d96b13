"""keras.backend: in which order layers take the dimensions of pictures."""

# ruff: noqa
__also__ = (
    "keras.src.backend",
    "tensorflow.keras.backend",
    "tensorflow.python.keras.backend",
    "tf_keras.backend",
)

@effect.data_format
def set_image_data_format(data_format) -> None: ...
@effect.data_format
def set_image_dim_ordering(dim_ordering) -> None: ...
@effect.data_format
def image_data_format() -> Unknown: ...
@effect.data_format
def image_dim_ordering() -> Unknown: ...
