"""transformers.modeling_utils: where PreTrainedModel lives."""

# ruff: noqa
from transformers import PreTrainedModel
from transformers.pytorch_utils import apply_chunking_to_forward
