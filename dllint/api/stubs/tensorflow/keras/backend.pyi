"""tensorflow.keras.backend: as keras.backend, and labels come first. In keras.backend they did from 2.0.7 on alone."""

# ruff: noqa
from keras.ops import *
from keras.reductions import *
from keras.activations import softmax, sigmoid, relu, tanh

__also__ = ("tensorflow.python.keras.backend", "tf_keras.backend", "tensorflow.compat.v1.keras.backend")

def binary_crossentropy(
    target: Truth, output: When["from_logits", {True: SigmoidLogits, False: SigmoidProbs}], from_logits=False, **kwargs
) -> Loss: ...
def categorical_crossentropy(
    target: Truth, output: When["from_logits", {True: Logits, False: Probs}], from_logits=False, axis=-1
) -> Loss: ...
def sparse_categorical_crossentropy(
    target: Truth, output: When["from_logits", {True: Logits, False: Probs}], from_logits=False, axis=-1, **kwargs
) -> Loss: ...
