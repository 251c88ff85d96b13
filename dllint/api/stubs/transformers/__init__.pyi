"""transformers: from_pretrained gives a network in eval mode, a configuration or a constructor one in train mode.

Classes are told by their names: whatever ends in one of these scores classes or tokens. With labels the loss comes
first, and it is computed inside.
"""

# ruff: noqa
from torch.nn import Module
from transformers.optimization import *
from transformers.pytorch_utils import apply_chunking_to_forward

class CausalScorer(Scorer):
    named = ("*ForCausalLM", "GPT2LMHeadModel", "OpenAIGPTLMHeadModel", "BertLMHeadModel")
    def forward(
        self, input_ids: Context = None, *args, labels: NextTokens = None, **kwargs
    ) -> When["labels", {None: Record[{"logits": Raw}], ...: Record[{"loss": Loss, "logits": Raw}]}]: ...

class Scorer(PreTrainedModel):
    named = (
        "*ForSequenceClassification",
        "*ForTokenClassification",
        "*ForMultipleChoice",
        "*ForNextSentencePrediction",
        "*ForMaskedLM",
        "*ForSeq2SeqLM",
        "*ForConditionalGeneration",
        "*LMHeadModel",
        "*ForImageClassification",
        "*ForVideoClassification",
        "*ForAudioClassification",
        "*ForSemanticSegmentation",
        "*ForCTC",
    )
    head = ("classifier", "lm_head", "score")
    def forward(
        self, *args, labels=None, **kwargs
    ) -> When["labels", {None: Record[{"logits": Raw}], ...: Record[{"loss": Loss, "logits": Raw}]}]: ...

class Answerer(PreTrainedModel):
    named = ("*ForQuestionAnswering",)
    def forward(
        self, *args, start_positions=None, **kwargs
    ) -> When[
        "start_positions",
        {
            None: Record[{"start_logits": Raw, "end_logits": Raw}],
            ...: Record[{"loss": Loss, "start_logits": Raw, "end_logits": Raw}],
        },
    ]: ...

class WithDropout:
    # Their configurations say 0.1 for hidden states and attention; those of most other families say 0.
    named = (
        "BertModel",
        "BertFor*",
        "BertLMHeadModel",
        "RobertaModel",
        "RobertaFor*",
        "DistilBertModel",
        "DistilBertFor*",
        "ElectraModel",
        "ElectraFor*",
        "XLMRobertaModel",
        "XLMRobertaFor*",
        "DebertaModel",
        "DebertaFor*",
        "DebertaV2Model",
        "DebertaV2For*",
        "CamembertModel",
        "CamembertFor*",
        "BartModel",
        "BartFor*",
        "T5Model",
        "T5For*",
        "GPT2Model",
        "GPT2For*",
        "GPT2LMHeadModel",
        "XLNetModel",
        "XLNetFor*",
        "XLNetLMHeadModel",
    )
    leaf = "dropout"

class PreTrainedModel(Module):
    named = ("*Model", "*For*", "!TF*", "!Flax*", "!DataCollator*", "!Default*")
    leaf_by_name = {
        "pretrained_model_name_or_path": {
            "bert-*": "dropout",
            "*/bert-*": "dropout",
            "*roberta-*": "dropout",
            "distilbert*": "dropout",
            "*/electra-*": "dropout",
            "*/deberta-*": "dropout",
            "facebook/bart-*": "dropout",
            "t5-*": "dropout",
            "google/flan-t5-*": "dropout",
            "gpt2*": "dropout",
            "xlnet-*": "dropout",
        }
    }
    def __init__(self, config=None, *args, **kwargs): ...
    @effect.in_eval
    def from_pretrained(pretrained_model_name_or_path, *model_args, **kwargs) -> Object["Self"]: ...
    def from_config(config, **kwargs) -> Object["Self"]: ...
    def forward(self, *args, **kwargs) -> Unknown: ...
    @effect.harmless
    def save_pretrained(self, save_directory, *args, **kwargs) -> None: ...
    def generate(self, *args, **kwargs) -> Index: ...

class Trainer:
    framework = "transformers"
    def __init__(self, model: Module = None, *args, **kwargs): ...
    @effect.hooks
    def train(self, *args, **kwargs) -> Unknown: ...
    @effect.hooks
    def evaluate(self, *args, **kwargs) -> Unknown: ...
    @effect.hooks
    def predict(self, *args, **kwargs) -> Unknown: ...

class Seq2SeqTrainer(Trainer): ...

@effect.seed
def set_seed(seed, deterministic=False) -> None: ...
