"""Names reach their entries: canonical, re-exported, inherited."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dllint.api import attribute, is_module_prefix, lookup, method, mro, resolve, subclass
from dllint.api.entry import Choice, Class, Function
from dllint.api.table import TABLE
from dllint.values.kind import Kind


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("torch.nn.modules.loss.CrossEntropyLoss", "torch.nn.CrossEntropyLoss"),
        ("torch.nn.modules.dropout.Dropout", "torch.nn.Dropout"),
        ("torch.optim.adam.Adam", "torch.optim.Adam"),
        ("torch.optim.lr_scheduler._LRScheduler", "torch.optim.lr_scheduler.LRScheduler"),
        ("torch.nn.DataParallel", "torch.nn.parallel.DataParallel"),
        ("torch.nn.parallel.distributed.DistributedDataParallel", "torch.nn.parallel.DistributedDataParallel"),
        ("torch.amp.autocast", "torch.autocast"),
        ("torch.autograd.no_grad", "torch.no_grad"),
        ("torch.nn.functional.swish", "torch.nn.functional.silu"),
        ("torch.nn.Dropout2d.train", "torch.nn.Module.train"),
        ("torchvision.models.resnet.resnet18", "torchvision.models.resnet18"),
        ("pytorch_lightning.LightningModule", "lightning.pytorch.LightningModule"),
        ("pytorch_lightning.core.lightning.LightningModule", "lightning.pytorch.LightningModule"),
    ],
)
def test_alias_reaches_its_canonical_name(written: str, canonical: str) -> None:
    assert resolve(written) == canonical
    assert lookup(written) == lookup(canonical) is not None


@pytest.mark.parametrize("name", ["torch.nope", "torch.nn.Linear.nope", "scipy.array", "torch", "", "x"])
def test_unknown_name_is_none(name: str) -> None:
    assert lookup(name) is None


def test_constant_is_the_name_of_its_type() -> None:
    assert lookup("torch.float32") == "torch.dtype"
    assert lookup("torch.backends.cudnn.benchmark") == "bool"


def test_module_of_a_library_is_a_prefix_and_a_class_is_not() -> None:
    assert is_module_prefix("torch.nn")
    assert is_module_prefix("torch.backends")
    assert not is_module_prefix("torch.nn.Linear")
    assert not is_module_prefix("scipy")


def test_what_a_loss_wants() -> None:
    forward = method("torch.nn.NLLLoss", "forward")
    assert forward is not None
    assert [parameter.wants for parameter in forward.parameters] == ["", "log-probabilities", "labels"]
    assert forward.parameters[1].shape.split(" | ")[0] == "N C *D"
    assert forward.returns.kind is Kind.LOSS


def test_method_is_inherited_from_the_nearest_base() -> None:
    step = method("torch.optim.Adam", "step")
    assert step is not None
    assert step.effect == "update"
    plateau = method("torch.optim.lr_scheduler.ReduceLROnPlateau", "step")
    assert plateau is not None
    assert plateau.parameters[1].name == "metrics"


def test_function_taken_as_method_returns_its_receiver() -> None:
    view = method("torch.Tensor", "max")
    assert view is not None
    assert view.parameters[0].name == "self"
    assert view.returns.items[0].of == "self"


@pytest.mark.parametrize(
    ("name", "leaf"),
    [
        ("torch.nn.Dropout2d", "dropout"),
        ("torch.nn.LazyBatchNorm1d", "batchnorm"),
        ("torch.nn.SyncBatchNorm", "batchnorm"),
        ("torchvision.models.ResNet", "batchnorm"),
        ("torchvision.models.VGGBatchNorm", "batchnorm"),
        ("torchvision.models.EfficientNet", "batchnorm and dropout"),
        ("torch.nn.LayerNorm", None),
        ("torch.nn.Linear", None),
    ],
)
def test_leaf_that_depends_on_the_mode(name: str, leaf: str | None) -> None:
    assert attribute(name, "leaf") == leaf


def test_pretrained_net_is_an_object_of_its_architecture() -> None:
    found = lookup("torchvision.models.vgg16_bn")
    assert isinstance(found, Function)
    assert attribute(found.returns.of, "leaf") == "batchnorm"
    assert "torch.nn.Dropout" in attribute(found.returns.of, "parts")["classifier"]


def test_subclass_sees_through_aliases() -> None:
    assert subclass("torch.nn.modules.batchnorm.BatchNorm2d", "torch.nn.modules.batchnorm._BatchNorm")
    assert subclass("torch.optim.adam.Adam", "torch.optim.optimizer.Optimizer")
    assert not subclass("torch.nn.Linear", "torch.optim.Optimizer")
    assert not subclass("nowhere.Class", "nowhere.Class")
    assert mro("torch.nn.Dropout2d")[0] == "torch.nn.Dropout2d"


def test_entry_is_built_once() -> None:
    found = lookup("torch.nn.Linear")
    assert isinstance(found, Class)
    assert lookup("torch.nn.modules.linear.Linear") is found


def test_a_name_without_a_stub_has_the_bases_that_its_name_tells() -> None:
    name = "transformers.models.bert.modeling_bert.BertForTokenClassification"
    assert resolve(name) == name
    assert subclass(name, "torch.nn.Module")
    assert attribute(name, "leaf") == "dropout"
    assert resolve("transformers.TFBertModel") is None
    assert resolve("transformers.BertTokenizer") is None


def test_a_class_method_makes_an_object_of_the_class_it_is_called_on() -> None:
    found = lookup("transformers.AutoModelForMaskedLM.from_pretrained")
    assert isinstance(found, Function)
    assert found.returns.of == "transformers.AutoModelForMaskedLM"
    assert found.effect == "in_eval"


def test_a_forward_is_named_by_the_class_that_is_called() -> None:
    found = method("segmentation_models_pytorch.losses.DiceLoss", "forward")
    assert found is not None
    assert found.name == "segmentation_models_pytorch.losses.DiceLoss.forward"


def test_what_a_constant_decides() -> None:
    forward = method("segmentation_models_pytorch.losses.DiceLoss", "forward")
    assert forward is not None
    by_mode = forward.parameters[1].choice
    assert by_mode is not None
    multiclass, binary = by_mode.option("multiclass"), by_mode.option("binary")
    assert isinstance(multiclass, Choice)
    assert isinstance(binary, Choice)
    assert (multiclass.option(True), multiclass.option(1)) == ("logits", None)
    assert binary.option(False) == "sigmoid probabilities"


def classes() -> Iterator[Class]:
    """Every class of the table."""
    for name in TABLE:
        entry = lookup(name)
        if isinstance(entry, Class):
            yield entry


def test_parts_are_layers_of_the_table() -> None:
    """`parts` names layers; each must be one, for `heads.furnish` makes them."""
    for entry in classes():
        parts = dict(entry.attributes).get("parts", {})
        assert isinstance(parts, dict)
        for layers in parts.values():
            names = layers.values() if isinstance(layers, dict) else (layers,) if isinstance(layers, str) else layers
            assert all(subclass(name, "torch.nn.Module") for name in names), entry.name
