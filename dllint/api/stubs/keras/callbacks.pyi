"""keras.callbacks: those that leave the learning rate as it is, or lower it."""

# ruff: noqa
__also__ = (
    "keras.src.callbacks",
    "tensorflow.keras.callbacks",
    "tensorflow.python.keras.callbacks",
    "tf_keras.callbacks",
)

class EarlyStopping:
    def __init__(self, monitor="val_loss", *args, **kwargs): ...

class ModelCheckpoint:
    def __init__(self, filepath, monitor="val_loss", *args, **kwargs): ...

class ReduceLROnPlateau:
    def __init__(self, monitor="val_loss", *args, **kwargs): ...

class TensorBoard:
    def __init__(self, *args, **kwargs): ...

class CSVLogger:
    def __init__(self, *args, **kwargs): ...

class TerminateOnNaN:
    def __init__(self, *args, **kwargs): ...
