"""Pieces of programs whose shapes depend on their arguments: layers with weights, windows, joins, products.

Written as those in programs.py. What stands alone makes its own tensors, of sizes that tell dimensions apart.
"""

from __future__ import annotations

from collections.abc import Iterator

IMAGES = {1: "torch.rand({n}, 2, 9)", 2: "torch.rand({n}, 2, 9, 8)", 3: "torch.rand({n}, 2, 3, 5, 4)"}
"""Spatial dimensions → samples of two channels."""

OF_TWO = """
torch.add torch.sub torch.mul torch.le torch.lt torch.gt torch.ge torch.ne torch.greater torch.greater_equal torch.less
torch.less_equal torch.not_equal torch.isclose torch.hypot torch.rsub torch.remainder torch.fmod torch.floor_divide
torch.atan2 torch.arctan2 torch.logaddexp torch.logaddexp2 torch.fmax torch.fmin torch.copysign
torch.logical_and torch.logical_or torch.logical_xor
"""

ON_TENSORS = """
{a} + {b}.narrow({d}, 0, 1)
{a}.narrow({d}, 0, 1) - {b}
{a} * {b}[0]
{a}[0] - {b}
{a} / ({b}.abs().sum({d}, keepdim=True) + 1)
torch.where({a}.narrow({d}, 0, 1) > 0, {b}, {a})
torch.where({a}[0] > 0, 0, {b})
torch.lerp({a}.narrow({d}, 0, 1), {b}, 0.5)
torch.addcmul({a}.narrow({d}, 0, 1), {b}, {b}[0])
torch.addcdiv({a}[0], {b}, {b}.abs() + 1)
torch.xlogy({a}.narrow({d}, 0, 1), {b}.abs() + 1)
torch.bitwise_and({a} > 0, {b}[0] > 0)
torch.bitwise_or({a} > 0, {b}[0] > 0)
torch.bitwise_xor({a} > 0, {b}[0] > 0)
torch.bitwise_not({a} > 0)
torch.pow({a}.abs() + 1, {b}[0].sigmoid())
F.cosine_similarity({a}, {b}[0], dim=-1)
nn.CosineSimilarity(dim={d})({a}, {b})
F.pairwise_distance({a}, {b}, keepdim=True)
torch.linalg.matrix_norm({a})
{a}.sum(({d}, {e}))
{a}.mean(({d}, {e}), keepdim=True)
{a}.std({d}, keepdim=True)
{a}.any({d})
{a}.max({d}, keepdim=True)[0]
{a}.kthvalue(1, {d})[0]
{a}.kthvalue(1, {d}, keepdim=True)[1]
{a}.mode({d})[0]
{a}.nanquantile(0.5, dim={d})
{a}.topk(2, {d})[0]
{a}.permute(1, 0)
{a}[0].permute(1, 2, 0)
{a}.permute(2, 0, 1, 3)
{a}.movedim(0, -1)
{a}.movedim(-1, 1)
{a}.view({a}.shape[1], -1)
{a}.view(-1, 2)
{a}.reshape(*{a}.shape[::-1])
{a}.flatten(1, 2)
{a}.flatten(0, 1)
{a}.flatten(-2)
nn.Flatten(0)({a})
nn.Unflatten({d}, (1, -1))({a})
{a}.unsqueeze({d}).squeeze(({d}, 0))
{a}[None].squeeze()
{a}[None, :, None]
{a}[1:, ..., ::2]
{a}[-2:, -1]
{a}[..., -1]
{a}[..., :-1]
{a}[torch.tensor([0, 0, 1])]
{a}[:, torch.tensor([0, 1, 1])]
{a}[{a}.flatten(1).sum(1).argsort()[:2]]
torch.take_along_dim({a}, {b}.argmax({d}, keepdim=True), {d})
{a}.narrow({d}, 0, 2)
{a}.split(2, {d})[0]
torch.split({a}, 2, dim={d})[0]
{a}.split(2)[-1]
torch.chunk({a}, 4, dim={d})[0]
torch.diff({a}, n={n}, dim={d})
{a}.tile(2, 1, 1, {n})
{a}.tile({n})
{a}.repeat({n}, 2, 1, 1, 1)
{a}.expand({n}, 2, *{a}.shape)
F.pad({a}, (1, 0, 2, {n}))
F.glu(torch.cat([{a}, {b}], {d}), {d})
nn.GLU()({a}.repeat(1, 1, 1, 2))
torch.cat([{a}, {b}.narrow({d}, 0, 1)], {d})
torch.stack([{a}, {b}, {a}], -1)
F.prelu({a}, torch.tensor(0.25))
F.threshold({a}, 0.1, {c})
F.rrelu({a})
F.layer_norm({a}, {a}.shape[-1:])
F.rms_norm({a}, {a}.shape[-1:])
nn.RMSNorm({a}.shape[-1])({a})
nn.LayerNorm({a}.shape[-2:])({a})
F.group_norm({a}, 1)
nn.GroupNorm(1, {a}.shape[1])({a})
F.batch_norm({a}, None, None, training=True)
F.instance_norm({a})
F.local_response_norm({a}, 2)
nn.LocalResponseNorm(2)({a})
F.channel_shuffle({a}, 2)
nn.ChannelShuffle(2)({a})
F.alpha_dropout({a}, training=False)
F.feature_alpha_dropout({a}, training=False)
F.dropout2d({a}, training=False)
torch.full_like({a}, {c})
torch.empty_like({a}).fill_({c})
torch.randint_like({a}, 5)
{a}.scatter({d}, {b}.argmax({d}, keepdim=True), {c})
{a}.scatter_reduce({d}, {b}.argmax({d}, keepdim=True), {b}, "amax")
{a}.index_fill({d}, torch.tensor([0]), 0)
{a}.index_copy({d}, torch.tensor([0]), {b}.narrow({d}, 0, 1))
{a}.index_add({d}, torch.tensor([0]), {b}.narrow({d}, 0, 1))
{a}.index_put((torch.tensor([0]),), {b}[0])
{a}.masked_scatter({b} > 0, {b})
{a}.clone().zero_()
{a}.clone().copy_({b}[0])
{a}.detach().clone().normal_()
{a}.detach().clone().uniform_()
{a}.detach().clone().random_(5)
{a}.detach().flatten(1).clone().fill_diagonal_({c})
{a}.detach().clone().requires_grad_()
{a}.detach().numpy()
{a}.type(torch.float64)
{a}.renorm(2, {d}, 1.0)
({a}.abs() + 1).acosh()
F.interpolate({a}, scale_factor=2)
F.interpolate({a}, size={n})
F.upsample({a}, scale_factor=2)
nn.Upsample(scale_factor={n})({a})
F.linear({a}, torch.rand(5, {a}.shape[-1]))
F.one_hot({a}.argmax({d}), 7)
F.embedding({a}.argmax({d}), torch.rand(9, 4))
nn.Embedding(9, {n})({a}.argmax({d}))
{a}.argmax({d}).flatten().bincount()
torch.multinomial({a}.flatten(1).softmax(1), {n})
torch.mv({a}.flatten(1), {b}.flatten(1)[0])
{a}.flatten().dot({b}.flatten())
torch.vdot({a}.flatten(), {b}.flatten())
{a}.flatten(1).trace()
torch.dist({a}, {b})
torch.outer({a}.flatten()[:5], torch.ones({n}))
torch.ger({a}.flatten()[:5], torch.ones({n}))
torch.einsum("ij,kj->ik", {a}.flatten(1), {b}.flatten(1))
torch.einsum("ij,ij->j", {a}.flatten(1), {b}.flatten(1))
torch.einsum("ij->ji", {a}.flatten(1))
{a}.new_zeros({n}, 2)
{a}.new_ones(({n}, 2))
{a}.new_empty({n}).zero_()
{a}.new_full(({n}, 2), {c})
{a}.new_tensor([1, {n}])
[z for z in {a}][0]
{a}.flatten(1).T
{a}.size({d})
{a}.shape[{d}]
{a}.numel()
{a}.dim()
len({a})
{a}.__len__()
{a}.sum(dim=None, keepdim=True)
F.mse_loss({a}, {b}, reduction="none")
nn.SyncBatchNorm({a}.shape[1]).eval()({a})
"""

ALONE = """
torch.full(({n}, 2), {c})
torch.randint(5, ({n}, 3))
torch.empty({n}, 2).fill_({c})
torch.as_tensor([[1.0, 2.0], [3.0, 4.0], [5.0, {c}]])
torch.linspace(0, 1, {n} + 2)
torch.arange({n})
torch.arange({n}, 9, 2)
torch.eye({n})
torch.eye({n}, 4)
torch.det(2 * torch.eye({n}))
torch.logdet(2 * torch.eye({n}))
torch.det(torch.rand({n}, 3, 3))
torch.einsum("ij,jk", torch.rand({n}, 4), torch.rand(4, 5))
torch.einsum("bij,bjk->bik", torch.rand({n}, 3, 4), torch.rand({n}, 4, 5))
torch.matmul(torch.rand({n}, 1, 2, 4), torch.rand(3, 4, 5))
torch.rand(4) @ torch.rand({n}, 4, 5)
torch.rand({n}, 5, 4) @ torch.rand(4)
torch.rand(4) @ torch.rand(4)
torch.mm(torch.rand({n}, 4), torch.rand(4, 5))
torch.bmm(torch.rand({n}, 2, 4), torch.rand({n}, 4, 3))
torch.addmm(torch.zeros(5), torch.rand({n}, 4), torch.rand(4, 5))
torch.baddbmm(torch.zeros(1), torch.rand({n}, 2, 4), torch.rand({n}, 4, 3))
torch.cdist(torch.rand({n}, 1, 5, 2), torch.rand(3, 4, 2))
torch.rand({n}, 1, 4).expand(-1, 5, -1)
torch.rand({n}, 1, 4).expand(2, {n}, 5, 4)
torch.rand(5, {n}, 4).expand(2, -1, -1, -1)
torch.rand({n}, 1).broadcast_to(2, {n}, 3)
torch.hstack([torch.rand({n}), torch.rand(4)])
torch.hstack([torch.rand(2, {n}, 5), torch.rand(2, 4, 5)])
torch.vstack([torch.rand(3), torch.rand(3)])
torch.vstack([torch.rand({n}, 3), torch.rand(2, 3)])
torch.dstack([torch.rand(3), torch.rand(3)])
torch.dstack([torch.rand(2, {n}), torch.rand(2, {n})])
torch.dstack([torch.rand(2, 3, {n}), torch.rand(2, 3, 4)])
torch.adjoint(torch.rand(5, {n}, 4))
torch.pinverse(torch.rand({n}, 4))
F.interpolate(torch.rand({n}, 2, 5, 4), size=(3, 6))
nn.Upsample(size=(3, 6))(torch.rand({n}, 2, 5, 4))
F.pixel_shuffle(torch.rand({n}, 12, 3, 5), 2)
nn.PixelShuffle(2)(torch.rand({n}, 12, 3, 5))
F.scaled_dot_product_attention(torch.rand({n}, 4, 6), torch.rand({n}, 5, 6), torch.rand({n}, 5, 3))
nn.Unflatten(1, (2, -1))(torch.rand({n}, 12))
nn.Conv1d(2, 4, 3)(torch.rand(2, 9))
nn.Conv2d(2, 4, 3)(torch.rand(2, 9, 8))
nn.MaxPool2d(2)(torch.rand(2, 9, 8))
nn.BatchNorm1d(4)(torch.rand(5, 4))
nn.LSTM(5, 4, bidirectional=True)(torch.rand(2, {n}, 5))[1][1]
nn.LSTM(5, 4, num_layers={n}, batch_first=True)(torch.rand(2, 3, 5))[1][0]
nn.LSTM(5, 4, proj_size=2)(torch.rand(2, {n}, 5))[0]
nn.LSTM(5, 4, proj_size=2)(torch.rand(2, {n}, 5))[1][0]
nn.LSTM(5, 4, proj_size=2)(torch.rand(2, {n}, 5))[1][1]
nn.LSTM(5, 4)(torch.rand({n}, 5))[0]
nn.LSTMCell(5, 4)(torch.rand({n}, 5))[1]
nn.GRUCell(5, 4)(torch.rand({n}, 5))
nn.RNNCell(5, 4)(torch.rand({n}, 5))
nn.MultiheadAttention(4, 2)(torch.rand(3, {n}, 4), torch.rand(5, {n}, 4), torch.rand(5, {n}, 4))[1]
nn.MultiheadAttention(4, 2)(torch.rand(3, {n}, 4), torch.rand(5, {n}, 4), torch.rand(5, {n}, 4))[0]
nn.MultiheadAttention(4, 2, batch_first=True)(torch.rand({n}, 3, 4), torch.rand({n}, 5, 4), torch.rand({n}, 5, 4))[1]
nn.TransformerEncoderLayer(4, 2, 3)(torch.rand(3, {n}, 4))
nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 3), 1)(torch.rand(3, {n}, 4))
nn.TransformerDecoderLayer(4, 2, 3)(torch.rand(3, {n}, 4), torch.rand(5, {n}, 4))
nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 3), 1)(torch.rand(3, {n}, 4), torch.rand(5, {n}, 4))
nn.Transformer(4, 2, 1, 1, 3)(torch.rand(5, {n}, 4), torch.rand(3, {n}, 4))
"""


def on_tensors() -> list[str]:
    """Pieces on `{a}`, and on `{b}` of its shape."""
    broadcast = (f"{name}({{a}}, {{b}}.narrow({{d}}, 0, 1))" for name in OF_TWO.split())
    return [*broadcast, *ON_TENSORS.strip().splitlines()]


def alone() -> list[str]:
    """Pieces that make their own tensors."""
    return [*ALONE.strip().splitlines(), *_windows(), *_recurrent()]


def _windows() -> Iterator[str]:
    """Convolutions, pooling and norms of one, two and three spatial dimensions."""
    for count, images in IMAGES.items():
        for settings in ("3", "2, stride=2", "3, stride=2, padding=1", "2, dilation=2", "3, padding='same'"):
            yield f"nn.Conv{count}d(2, 4, {settings})({images})"
        for settings in ("", ", stride=2", ", padding=1", ", dilation=2", ", stride=2, padding=1"):
            yield f"F.conv{count}d({images}, torch.rand(4, 2{', 2' * count}){settings})"
        for settings in ("3", "2, stride=2", "3, stride=2, padding=1, output_padding=1", "2, dilation=2"):
            yield f"nn.ConvTranspose{count}d(2, 4, {settings})({images})"
        for settings in ("2", "3, stride=1, padding=1", "2, stride=3, ceil_mode=True"):
            for kind in ("Max", "Avg"):
                yield f"nn.{kind}Pool{count}d({settings})({images})"
                yield f"F.{kind.lower()}_pool{count}d({images}, {settings})"
        yield f"nn.MaxPool{count}d(2, stride=1, dilation=2)({images})"
        for kind in ("Max", "Avg"):
            yield f"nn.Adaptive{kind}Pool{count}d({{n}})({images})"
            yield f"F.adaptive_{kind.lower()}_pool{count}d({images}, {{n}})"
        for kind in ("Batch", "Instance"):
            yield f"nn.{kind}Norm{count}d(2)({images})"
    yield "nn.AdaptiveAvgPool2d((None, {n}))(" + IMAGES[2] + ")"
    yield "nn.Conv2d(2, 4, (3, 2), stride=(1, 2), padding=(0, 1))(" + IMAGES[2] + ")"
    yield "F.conv2d(" + IMAGES[2] + ", torch.rand(4, 1, 3, 3), groups=2)"


def _recurrent() -> Iterator[str]:
    for kind in ("LSTM", "GRU", "RNN"):
        state = "[1][0]" if kind == "LSTM" else "[1]"
        for settings in ("", ", batch_first=True", ", bidirectional=True", ", num_layers=2, bidirectional=True"):
            yield f"nn.{kind}(5, 4{settings})(torch.rand(2, {{n}}, 5))[0]"
            yield f"nn.{kind}(5, 4{settings})(torch.rand(2, {{n}}, 5)){state}"
