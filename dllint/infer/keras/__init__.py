"""Keras: layers that are called, models built of them, compiled with a loss and fitted to data.

What Keras does is said by its own objects, so it is read from them: a model's output is what its layers make one after
the other of its input, the loss is called with that output where the model is compiled, and with labels where it is
fitted. So whatever a rule says of a loss that a program calls, it says of one that Keras calls.
"""
