"""Keras runs on torch here, and is told so before anything imports it."""

import os

os.environ["KERAS_BACKEND"] = "torch"
