"""What the numbers in a tensor mean: the one fact that no shape, dtype or type checker carries."""

from __future__ import annotations

import enum


class Kind(enum.Enum):
    """The meaning of a tensor's numbers. The value is how a message names it, after "gets"."""

    RAW = "raw scores"  # unbounded output of a linear layer, convolution, matmul or normalisation layer
    PROBABILITIES = "probabilities"  # softmax: at least 0, sums to 1 over the classes
    LOG_PROBABILITIES = "log-probabilities"  # log_softmax
    SIGMOID = "sigmoid output"  # each in (0, 1), no sum
    LOG_SIGMOID = "log-sigmoid output"
    RELU = "relu output"
    TANH = "tanh output"
    ACTIVATION = "activation output"  # any other squash: gelu, softplus, hardtanh …
    NORMALISED = "normalised vectors"  # unit norm
    INDEX = "class indices"  # argmax, randint, the second of max(dim)
    BOOLEAN = "booleans"  # comparisons
    TARGET = "targets"
    PICTURE = "a PIL image"
    BYTE_ARRAY = "an array of bytes 0..255"  # of numpy, as cv2 reads it
    ARRAY_255 = "an array of pixels 0..255"
    ARRAY_1 = "an array of pixels 0..1"
    ARRAY_NORMALISED = "an array of normalised pixels"
    IMAGE = "an image"  # a tensor of pixels on a scale that nobody knows
    BYTE_IMAGE = "bytes 0..255"
    IMAGE_255 = "pixels 0..255"
    IMAGE_1 = "pixels 0..1"
    IMAGE_NORMALISED = "normalised pixels"
    CLASSES = "an array of class indices"
    ONE_HOT = "one-hot rows"
    NUMBERS = "an array of numbers to predict"
    DUMMY = "made-up data"  # randn, zeros, ones, rand, arange: nobody's data
    LOSS = "a loss"
    UNKNOWN = "a tensor"

    # One object a member, so its identity is hash enough; Enum's own hashes the name, in Python.
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return self.name


ARRAYS = frozenset({Kind.BYTE_ARRAY, Kind.ARRAY_255, Kind.ARRAY_1, Kind.ARRAY_NORMALISED})
LABELS = frozenset({Kind.CLASSES, Kind.ONE_HOT, Kind.NUMBERS})
IMAGES = frozenset({Kind.IMAGE, Kind.BYTE_IMAGE, Kind.IMAGE_255, Kind.IMAGE_1, Kind.IMAGE_NORMALISED})
PIXELS_255 = frozenset({Kind.PICTURE, Kind.BYTE_ARRAY, Kind.ARRAY_255, Kind.BYTE_IMAGE, Kind.IMAGE_255})
PIXELS_1 = frozenset({Kind.ARRAY_1, Kind.IMAGE_1})
NORMALISED_PIXELS = frozenset({Kind.ARRAY_NORMALISED, Kind.IMAGE_NORMALISED})
PIXELS = PIXELS_255 | PIXELS_1 | NORMALISED_PIXELS | {Kind.IMAGE}
