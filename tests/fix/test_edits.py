"""What each fix writes, in the many ways that a bug can be written."""

from __future__ import annotations

import ast
from textwrap import indent

import pytest
from fixing import Judge, Rewrite

from dllint.fix.apply import applied

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n"


def program(body: str, head: str = HEAD) -> str:
    """A training step of these lines."""
    return f"{head}def step(net, x, y):\n{indent(body, '    ')}"


LOSS = "softmax-into-logit-loss"

DROPPED = [
    ("F.cross_entropy(F.softmax(net(x), dim=1), y).backward()", "F.cross_entropy(net(x), y).backward()"),
    ("F.cross_entropy(net(x).softmax(1), y).backward()", "F.cross_entropy(net(x), y).backward()"),
    ("F.cross_entropy(torch.softmax(input=net(x), dim=1), y).backward()", "F.cross_entropy(net(x), y).backward()"),
    ("F.cross_entropy(nn.Softmax(dim=1)(net(x)), y).backward()", "F.cross_entropy(net(x), y).backward()"),
    (
        "F.cross_entropy(input=F.softmax(net(x), 1), target=y).backward()",
        "F.cross_entropy(input=net(x), target=y).backward()",
    ),
    ("F.cross_entropy(((F.softmax((net(x)), 1))), y).backward()", "F.cross_entropy(((net(x))), y).backward()"),
    ("F.cross_entropy(F.softmax(net(x) + 1, 1), y).backward()", "F.cross_entropy(net(x) + 1, y).backward()"),
    ("F.cross_entropy(F.softmax(\n    net(\n        x),  # scores\n    dim=1), y).backward()", None),
    (
        "F.cross_entropy(F.softmax(\n    net(\n        x),\n    dim=1), y).backward()",
        "F.cross_entropy(net(\n        x), y).backward()",
    ),
    (
        "F.cross_entropy(F.softmax(net(x)\n    + 1, 1), y).backward()",
        "F.cross_entropy((net(x)\n    + 1), y).backward()",
    ),
    (
        "é = '😀😀'; F.cross_entropy(F.softmax(net(x), 1), y).backward()",
        "é = '😀😀'; F.cross_entropy(net(x), y).backward()",
    ),
    ("p = F.softmax(net(x), 1)\nF.cross_entropy(p, y).backward()", "p = net(x)\nF.cross_entropy(p, y).backward()"),
    (
        "x = net(x)\nx = F.softmax(x, 1)\nF.cross_entropy(x, y).backward()",
        "x = net(x)\nF.cross_entropy(x, y).backward()",
    ),
    (
        "x = net(x); x = F.softmax(x, 1)\nF.cross_entropy(x, y).backward()",
        "x = net(x); x = x\nF.cross_entropy(x, y).backward()",
    ),
    ("p = F.softmax(net(x) + 1, 1) * 2\nF.cross_entropy(p, y).backward()", ...),
    (
        "p = F.softmax(net(x) + 1, 1).view(-1, 3)\nF.cross_entropy(p, y).backward()",
        "p = (net(x) + 1).view(-1, 3)\nF.cross_entropy(p, y).backward()",
    ),
    ("p = F.softmax(*[net(x), 1])\nF.cross_entropy(p, y).backward()", ...),
]
"""Lines, and the lines without softmax; None: there is no such fix; ...: there is no finding or no fix."""


@pytest.mark.parametrize(("before", "after"), DROPPED)
def test_softmax_is_dropped(before: str, after: str | None, judge: Judge) -> None:
    text = program(f"{before}\n")
    fixes = [finding.fix for finding in judge({"a.py": text}).findings if finding.rule == LOSS]
    written = [applied(text.encode(), fix.edits).decode() for fix in fixes if fix is not None]
    assert written == ([program(f"{after}\n")] if isinstance(after, str) else [])
    for one in written:
        ast.parse(one)


@pytest.mark.parametrize(
    ("body", "safe"),
    [
        ("F.cross_entropy(F.softmax(net(x), dim=1), y).backward()\n", True),
        ("p = F.softmax(net(x), dim=1)\nF.cross_entropy(p, y).backward()\n", False),
        ("F.cross_entropy((p := F.softmax(net(x), dim=1)), y).backward()\n", False),
    ],
)
def test_it_is_safe_only_where_nothing_else_can_read_it(body: str, safe: bool, rewrite: Rewrite) -> None:
    assert rewrite(program(body), LOSS)[1] is safe


NET = """\
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        {made}

    def forward(self, x):
        return {called}

net = Net()
nn.CrossEntropyLoss()(net(torch.randn(5, 4)), torch.randint(3, (5,))).backward()
"""

LAYERS = [
    ("self.net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))", "self.net = nn.Sequential(nn.Linear(4, 3))"),
    (
        "self.net = nn.Sequential(\n            nn.Linear(4, 3),  # head\n            nn.Softmax(dim=1),\n        )",
        "self.net = nn.Sequential(\n            nn.Linear(4, 3),  # head\n        )",
    ),
    (
        "self.net = nn.Sequential(nn.Linear(4, 3),  # head\n            nn.Softmax(dim=1))",
        "self.net = nn.Sequential(nn.Linear(4, 3),  # head\n            nn.Identity())",
    ),
    (
        "self.net = nn.Sequential(*[nn.Linear(4, 3), nn.Softmax(dim=1)])",
        "self.net = nn.Sequential(*[nn.Linear(4, 3), nn.Identity()])",
    ),
]


@pytest.mark.parametrize(("made", "instead"), LAYERS)
def test_a_layer_is_left_out_or_does_nothing(made: str, instead: str, rewrite: Rewrite) -> None:
    before = NET.format(made=made, called="self.net(x)")
    assert rewrite(before, LOSS) == (NET.format(made=instead, called="self.net(x)"), False)


def test_a_layer_that_is_an_attribute_is_not_called(rewrite: Rewrite) -> None:
    made = "self.head, self.act = nn.Linear(4, 3), None\n        self.soft = nn.Softmax(dim=1)"
    before = NET.format(made=made, called="self.soft(self.head(x))")
    assert rewrite(before, LOSS)[0] == NET.format(made=made, called="self.head(x)")


LOGARITHMS = [
    (HEAD, "torch.log(F.softmax(net(x), dim=1))", "F.log_softmax(net(x), dim=1)"),
    (HEAD, "F.softmax(net(x), dim=1).log()", "F.log_softmax(net(x), dim=1)"),
    (HEAD, "net(x).softmax(1).log()", "net(x).log_softmax(1)"),
    (HEAD, "torch.log(nn.Softmax(dim=1)(net(x)))", "nn.LogSoftmax(dim=1)(net(x))"),
    (HEAD, "torch.log(torch.sigmoid(net(x)))", "F.logsigmoid(net(x))"),
    (HEAD, "torch.log(((torch.softmax(net(x), 1))))", "torch.log_softmax(net(x), 1)"),
    (HEAD, "torch.log(\n    F.softmax(net(x), dim=1)\n)", "F.log_softmax(net(x), dim=1)"),
    (HEAD, "torch.log(  # sic\n    F.softmax(net(x), dim=1)\n)", None),
    (HEAD, "torch.log(net(x).sigmoid())", None),
    ("import torch\n", "torch.log(torch.sigmoid(net(x)))", "torch.nn.functional.logsigmoid(net(x))"),
    (
        "import torch\nfrom torch.nn.functional import softmax\n",
        "torch.log(softmax(net(x), 1))",
        "torch.nn.functional.log_softmax(net(x), 1)",
    ),
    ("from torch import log, sigmoid\n", "log(sigmoid(net(x)))", None),
    (
        "from torch import log, softmax\nimport torch.nn.functional as F\n",
        "log(softmax(net(x), 1))",
        "F.log_softmax(net(x), 1)",
    ),
    ("from torch.nn import functional as fn\n", "fn.softmax(net(x), 1).log()", "fn.log_softmax(net(x), 1)"),
]


@pytest.mark.parametrize(("head", "before", "after"), LOGARITHMS)
def test_the_logarithm_is_named_as_the_file_imports_it(head: str, before: str, after: str | None, judge: Judge) -> None:
    text = program(f"loss = -({before}).mean()\nloss.backward()\n", head)
    (finding,) = [finding for finding in judge({"a.py": text}).findings if finding.rule == "log-of-softmax"]
    written = applied(text.encode(), finding.fix.edits).decode() if finding.fix else None
    assert written == (after and program(f"loss = -({after}).mean()\nloss.backward()\n", head))


def test_a_layer_that_others_may_call_is_not_safe_to_change(rewrite: Rewrite) -> None:
    made = "self.head = nn.Linear(4, 3)\n        self.soft = nn.{}(dim=1)"
    before = NET.format(made=made.format("Softmax"), called="torch.log(self.soft(self.head(x)))")
    after = NET.format(made=made.format("LogSoftmax"), called="self.soft(self.head(x))")
    assert rewrite(before, "log-of-softmax") == (after, False)


def test_a_name_that_is_hidden_is_not_written(judge: Judge) -> None:
    text = program("F = 1\nloss = -torch.log(torch.sigmoid(net(x))).mean()\nloss.backward()\n")
    (finding,) = [finding for finding in judge({"a.py": text}).findings if finding.rule == "log-of-softmax"]
    assert finding.fix is not None
    assert "-nn.functional.logsigmoid(net(x))" in applied(text.encode(), finding.fix.edits).decode()


DROPOUT = """\
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        return {body}

net = Net().eval()
print(net(torch.randn(5, 4)).argmax(1))
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("F.dropout(self.head(x), 0.5)", "F.dropout(self.head(x), 0.5, training=self.training)"),
        ("F.dropout((self.head(x)))", "F.dropout((self.head(x)), training=self.training)"),
        ("F.dropout(self.head(x), p=0.5,)", "F.dropout(self.head(x), p=0.5, training=self.training,)"),
        (
            "F.dropout(\n            self.head(x),\n            0.5,  # half\n        )",
            "F.dropout(\n            self.head(x),\n            0.5, training=self.training,  # half\n        )",
        ),
        (
            "F.dropout(\n            self.head(x),\n            0.5  # no, more\n        )",
            "F.dropout(\n            self.head(x),\n            0.5, training=self.training  # no, more\n        )",
        ),
    ],
)
def test_an_argument_stands_behind_the_last(before: str, after: str, rewrite: Rewrite) -> None:
    assert rewrite(DROPOUT.format(body=before), "functional-dropout") == (DROPOUT.format(body=after), True)


CONTAINER = """\
{imports}

class Net(nn.Module):
    def __init__(self):
        {first}
        {layers}

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

Net()
"""


def container(layers: str, first: str = "super().__init__()", imports: str = "import torch.nn as nn") -> str:
    return CONTAINER.format(imports=imports, first=first, layers=layers)


@pytest.mark.parametrize(
    ("before", "after", "safe"),
    [
        ("[nn.Linear(4, 4), nn.Linear(4, 4)]", "nn.ModuleList([nn.Linear(4, 4), nn.Linear(4, 4)])", True),
        ("(nn.Linear(4, 4), nn.Linear(4, 4))", "nn.ModuleList((nn.Linear(4, 4), nn.Linear(4, 4)))", True),
        ("nn.Linear(4, 4), nn.Linear(4, 4)", "nn.ModuleList((nn.Linear(4, 4), nn.Linear(4, 4)))", True),
        ("[nn.Linear(4, 4) for _ in '12']", "nn.ModuleList([nn.Linear(4, 4) for _ in '12'])", True),
        ("[nn.Linear(4, 4).double() for _ in '12']", "nn.ModuleList([nn.Linear(4, 4).double() for _ in '12'])", False),
        (
            "{'a': nn.Linear(4, 4), 'b': nn.Linear(4, 4)}",
            "nn.ModuleDict({'a': nn.Linear(4, 4), 'b': nn.Linear(4, 4)})",
            True,
        ),
        ("{1: nn.Linear(4, 4), 2: nn.Linear(4, 4)}", None, None),
        ("{'a.b': nn.Linear(4, 4), 'b': nn.Linear(4, 4)}", None, None),
        ("[[nn.Linear(4, 4)], [nn.Linear(4, 4)]]", None, None),
        (
            "[\n            nn.Linear(4, 4),  # first\n            nn.Linear(4, 4),\n        ]",
            "nn.ModuleList([\n            nn.Linear(4, 4),  # first\n            nn.Linear(4, 4),\n        ])",
            True,
        ),
    ],
)
def test_a_container_is_wrapped(before: str, after: str | None, safe: bool | None, judge: Judge) -> None:
    text = container(f"self.layers = {before}")
    (fix,) = {finding.fix for finding in judge({"a.py": text}).findings}  # a tuple is found for each layer in it
    written = applied(text.encode(), fix.edits).decode() if fix else None
    assert written == (after and container(f"self.layers = {after}"))
    assert fix is None or fix.safe is safe


def test_a_list_that_is_filled_later_is_a_module_list_from_the_start(rewrite: Rewrite) -> None:
    filled = "self.layers = {}\n        for _ in range(3):\n            self.layers.append(nn.Linear(4, 4))"
    fixed = rewrite(container(filled.format("[]")), "unregistered-module")
    assert fixed == (container(filled.format("nn.ModuleList()")), False)


@pytest.mark.parametrize(
    ("first", "imports"),
    [
        ("pass", "import torch.nn as nn"),
        ("super().__init__()", "from torch.nn import Linear, Module\nclass nn: Linear, Module = Linear, Module"),
    ],
    ids=["before __init__ of nn.Module", "ModuleList has no name in the file"],
)
def test_a_container_stays_where_it_cannot_be_wrapped(first: str, imports: str, judge: Judge) -> None:
    text = container("self.layers = [nn.Linear(4, 4), nn.Linear(4, 4)]\n        super().__init__()", first, imports)
    assert [finding.fix for finding in judge({"a.py": text}).findings] in ([None], [])


TRAIN = """\
import torch
import torch.nn as nn

net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(100):
\tloss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
\tloss.backward()
\toptimizer.step(){tail}"""


@pytest.mark.parametrize(
    ("tail", "after"),
    [
        ("\n", "\n\toptimizer.zero_grad()\n"),
        ("", "\n\toptimizer.zero_grad()"),
        ("  # one step\nprint(net)\n", "  # one step\n\toptimizer.zero_grad()\nprint(net)\n"),
        ("; print(net)\n", None),
    ],
)
def test_zero_grad_follows_the_step(tail: str, after: str | None, judge: Judge) -> None:
    text = TRAIN.format(tail=tail)
    (finding,) = judge({"a.py": text}).findings
    written = applied(text.encode(), finding.fix.edits).decode() if finding.fix else None
    assert written == (after and TRAIN.format(tail=after))


EVALUATE = """\
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 3))

    def forward(self, x):
        return self.layers(x)

net, other = Net(), Net()
data = torch.utils.data.TensorDataset(torch.randn(32, 4), torch.randint(3, (32,)))
{body}"""

EVALUATIONS = {
    "before the loop and its no_grad": (
        "with torch.no_grad():\n    for x, y in data:\n        print(net(x).argmax(1) == y)\n",
        "net.eval()\nwith torch.no_grad():\n    for x, y in data:\n        print(net(x).argmax(1) == y)\n",
    ),
    "before the statement": (
        "def accuracy(x, y):\n    print(net.forward(x).argmax(1) == y)\naccuracy(*data[0])\n",
        "def accuracy(x, y):\n    net.eval()\n    print(net.forward(x).argmax(1) == y)\naccuracy(*data[0])\n",
    ),
    "not before a loop that makes the net": (
        "for one in (net, other):\n    for x, y in data:\n        print(one(x).argmax(1) == y)\n",
        "for one in (net, other):\n    one.eval()\n    for x, y in data:\n        print(one(x).argmax(1) == y)\n",
    ),
    "not in an f-string, whose parts have no places of their own": (
        "for x, y in data:\n    print(f'{(net(x).argmax(1) == y).float():05.2f}')\n",
        None,
    ),
    "not where the net has no name": (
        "for x, y in data:\n    print([n(x).argmax(1) for n in (net, other)])\n",
        None,
    ),
    "not on a line with others": (
        "for x, y in data: print(net(x).argmax(1) == y)\n",
        "net.eval()\nfor x, y in data: print(net(x).argmax(1) == y)\n",
    ),
    "not where training comes next": (
        "def step(x, y, loss):\n    print(net(x).argmax(1) == y)\n    loss.backward()\nstep(*data[0], y)\n",
        None,
    ),
    "where train() comes next": (
        "def step(x, loss):\n    print(net(x).argmax(1))\n    net.train()\n    loss.backward()\nstep(*data[0])\n",
        "def step(x, loss):\n    net.eval()\n    print(net(x).argmax(1))\n    net.train()\n"
        "    loss.backward()\nstep(*data[0])\n",
    ),
    "not before an elif": (
        "x = data[0][0]\nif x is None:\n    pass\nelif net(x).argmax(1) > 1:\n    pass\n",
        None,
    ),
}


@pytest.mark.parametrize("name", EVALUATIONS)
def test_eval_is_called_before_what_evaluates(name: str, judge: Judge) -> None:
    before, after = EVALUATIONS[name]
    text = EVALUATE.format(body=before)
    found = [finding.fix for finding in judge({"a.py": text}).findings if finding.rule == "missing-eval"]
    written = {applied(text.encode(), fix.edits).decode() for fix in found if fix is not None}
    assert found
    assert written == ({EVALUATE.format(body=after)} if after else set())


@pytest.mark.parametrize("target", ["log_target=False, ", ""])
def test_a_log_target_is_said(target: str, rewrite: Rewrite) -> None:
    body = "p, q = F.log_softmax(net(x), 1), F.log_softmax(y, 1)\nF.kl_div(p, q, {}reduction='sum').backward()\n"
    after = body.format("log_target=True, ") if target else body.format("").replace("'sum'", "'sum', log_target=True")
    assert rewrite(program(body.format(target)), "kldiv-input") == (program(after), True)
