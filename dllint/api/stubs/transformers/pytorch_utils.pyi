"""transformers.pytorch_utils: a function run on a part of its input at a time."""

# ruff: noqa

@effect.harmless
def apply_chunking_to_forward(forward_fn, chunk_size, chunk_dim, *input_tensors) -> Unknown: ...
