"""The loss, the head of the network and the labels do not agree.

Cross entropy over fewer units than there are classes raises where the first label is too large; over more, the rest
learn that nothing is theirs. A sigmoid loss takes a label of 7 for a probability of 7, and its least value is minus
infinity. NLLLoss picks by class index, and cannot read one-hot rows; neither could cross entropy before torch 1.10.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 1)
    y = torch.randint(10, (5, 1))
    loss = F.binary_cross_entropy_with_logits(net(torch.randn(5, 4)), y.float())  # expect: loss-target-mismatch
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 10)
    y = torch.randint(10, (5, 1))
    loss = F.cross_entropy(net(torch.randn(5, 4)), y.flatten())
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; torch.nn.CrossEntropyLoss, torch.nn.BCELoss.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Confidence, Draft, Given, Kind, Rule, Term, unmoved

TARGETS = ("labels", "classes", "truth")
OVER_CLASSES = ("logits", "log-probabilities", "probabilities")
OF_SIGMOID = ("sigmoid logits", "sigmoid probabilities")

ALONE = "judges each class by itself, and the many that are not meant count as right"
NUMBERS = "is for numbers to predict; no gradient is left where a class is surely wrong"
OF_TWO = dict.fromkeys(("mean_absolute_error", "MeanAbsoluteError"), NUMBERS)
OF_MANY = {
    **OF_TWO,
    **dict.fromkeys(("mean_squared_error", "MeanSquaredError"), NUMBERS),
    **dict.fromkeys(("binary_crossentropy", "BinaryCrossentropy"), ALONE),
}
"""Loss of Keras → what it does to probabilities of classes that exclude each other."""


def judge(call: Call) -> Iterator[Draft]:
    """A loss over classes whose units are not those of the labels, or a sigmoid loss that is given class indices."""
    yield from of_units(call)
    yield from of_measured(call)
    target = next((given for given in call.arguments if given.wants in TARGETS), None)
    if target is None:
        return
    yield from of_form(call, target)
    yield from of_exclusive(call, target)
    if target.wants == "labels" and target.made_by == "one_hot":
        yield call.draft(
            target,
            f"{call.callee} gets one-hot rows as the target (made at {{made}}); it wants class indices, and raises; "
            "pass the labels as they are",
        )
    labels = classes(target)
    for given in call.arguments:
        if given.wants in OF_SIGMOID and labels > 2 and target.kind is not Kind.ONE_HOT:
            yield call.draft(
                given,
                f"{call.callee} gets labels of {labels} classes as the target; it takes each for a probability, "
                "so the loss has no least value; use cross entropy over as many units",
            )
        if given.wants in OVER_CLASSES and labels and 1 < units(given, target) != labels:
            yield call.draft(given, differs(call, units(given, target), labels))


def of_units(call: Call) -> Iterator[Draft]:
    """A loss over classes of what decides on each unit by itself."""
    for given in call.given(wanting="probabilities"):
        if given.kind is Kind.SIGMOID and "entropy" in call.callee.lower():
            single = given.shape.dims[-1:] == (1,)
            what = "over one unit it is 0 whatever the input" if single else "only the shares of the units count"
            yield call.draft(
                given,
                f"{call.callee} gets sigmoid output (made at {{made}}), and wants the probabilities of classes that "
                f"exclude each other; {what}; use softmax{' over as many units' if single else ''}, or "
                "binary_crossentropy where several may hold",
            )


def of_measured(call: Call) -> Iterator[Draft]:
    """Probabilities that are measured by how many are right, and trained as numbers."""
    for given in call.given(wanting="measured"):
        if call.constant("loss") in OF_TWO and given.kind in (Kind.SIGMOID, Kind.PROBABILITIES):
            yield call.draft(
                given,
                f"{call.constant('loss')} {NUMBERS}, and {given.kind.value} (made at {{made}}) that is measured by its "
                "accuracy says which class it is; use a cross entropy",
            ).but(confidence=Confidence.LIKELY)


def of_form(call: Call, target: Given) -> Iterator[Draft]:
    """A loss that reads labels of another form than it is given."""
    sparse = "sparse" in call.callee.lower()
    if target.kind is Kind.CLASSES and "categorical" in call.callee.lower() and not sparse:
        yield call.draft(
            target,
            f"{call.callee} gets class indices as the target (made at {{made}}), and wants one-hot rows; "
            "use sparse_categorical_crossentropy, or to_categorical",
        )
    if target.kind is Kind.ONE_HOT and sparse:
        yield call.draft(
            target,
            f"{call.callee} gets one-hot rows as the target (made at {{made}}), and wants class indices; "
            "use categorical_crossentropy",
        )
    if target.kind is Kind.ONE_HOT and not sparse and "entropy" in call.callee.lower():
        for given in call.arguments:
            scores, rows = width(given), width(target)
            if given is not target and scores and rows and scores != rows:
                yield call.draft(given, differs(call, scores, rows))


def width(given: Given) -> int:
    """The size of the last dimension; 0 where nobody knows it."""
    last = given.shape.dims[-1] if given.shape.dims else None
    return last if isinstance(last, int) else 0


def of_exclusive(call: Call, target: Given) -> Iterator[Draft]:
    """Classes that exclude each other, each judged by itself, or as numbers: it learns, only worse."""
    heads = {given.kind for given in call.arguments}
    if target.kind is Kind.ONE_HOT and Kind.PROBABILITIES in heads:
        hurts, instead = OF_MANY.get(call.callee, ""), "categorical_crossentropy"
    elif target.kind is Kind.CLASSES and Kind.SIGMOID in heads:
        hurts, instead = OF_TWO.get(call.callee, ""), "binary_crossentropy"
    else:
        return
    if hurts:
        yield call.draft(target, f"{call.callee} {hurts}; use {instead}").but(confidence=Confidence.LIKELY)


def classes(target: Given) -> int:
    """How many classes labels are of: those of a data set, or drawn at random; 0 where nobody knows."""
    drawn = unmoved(target.term)
    if isinstance(drawn, Term) and drawn.op == "labels":
        told = drawn.option("classes")
        return told if isinstance(told, int) else 0
    if isinstance(drawn, Term) and drawn.op == "randint":
        most = drawn.option("high")
        return most if isinstance(most, int) else 0
    return target.classes


def units(given: Given, target: Given) -> int:
    """How many classes the scores are for that are compared with one label a sample; 0 where nobody knows."""
    shape = given.shape
    if not shape.dims or shape.rank not in (None, 2) or target.shape.rank not in (None, 1):
        return 0
    last = shape.dims[-1]
    return last if isinstance(last, int) else 0


def differs(call: Call, scores: int, labels: int) -> str:
    what = f"{call.callee} gets scores of {scores} classes (made at {{made}}) for labels of {labels}"
    if scores < labels:
        return f"{what}; it raises at the first label above {scores - 1}; make the last layer {labels} units wide"
    return f"{what}; the others stand for no class; make the last layer {labels} units wide"


RULE = Rule(code="DL307", level=ERROR, on=Call, judge=judge)
