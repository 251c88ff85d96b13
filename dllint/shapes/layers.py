"""Layers with weights: linear, convolutions, pooling, normalisation, recurrence."""

from __future__ import annotations

from dllint.shapes.facts import Clash, Facts, Function, Result, flag, number, place
from dllint.shapes.joins import with_last
from dllint.values.shape import ANY, Dim, Shape, equal, quotient, said, times


def _setting(facts: Facts, name: str) -> Dim:
    sizes = facts.sizes(name)
    return sizes[0] if sizes and len(sizes) == 1 else None


def _wants(shape: Shape, where: int, wanted: Dim, what: str) -> None:
    """Clash when a dimension, counted from the last, is surely not of the size that a layer was made for."""
    if -where > len(shape.dims):
        return
    given = shape.dims[where]
    if equal(given, wanted) is False:
        raise Clash(f"{what} takes {said(wanted)} and is given {said(given)}, in {shape}")


def linear(facts: Facts) -> Shape:
    """nn.Linear: the last dimension changes."""
    shape = facts.shape("input")
    _wants(shape, -1, _setting(facts, "in_features"), "Linear")
    return with_last(shape, _setting(facts, "out_features"))


def linear_by(facts: Facts) -> Shape:
    """F.linear(input, weight)."""
    shape, weight = facts.shape("input"), facts.shape("weight")
    if weight.rank != 2:
        return ANY
    _wants(shape, -1, weight.dims[1], "linear")
    return with_last(shape, weight.dims[0])


def _each(facts: Facts, name: str, count: int) -> tuple[Dim, ...]:
    """A setting that is one number for all spatial dimensions, or one for each."""
    sizes = facts.sizes(name)
    if sizes is None:
        return (None,) * count
    return sizes * count if len(sizes) == 1 else sizes if len(sizes) == count else (None,) * count


def convolution(count: int, *, backwards: bool = False) -> Function:
    """nn.ConvNd, with `count` spatial dimensions; backwards: ConvTransposeNd."""

    def layer(facts: Facts) -> Shape:
        shape = _batched(facts, facts.shape("input"), count)
        _ranked(shape, count, "Conv")
        _wants(shape, -count - 1, _setting(facts, "in_channels"), f"Conv{count}d")
        spatial = _spatial(shape, count)
        sizes = _backwards(facts, spatial) if backwards else _forwards(facts, spatial)
        return _with_batch(shape, (_setting(facts, "out_channels"), *sizes))

    return layer


def convolution_by(count: int) -> Function:
    """F.convNd(input, weight)."""

    def function(facts: Facts) -> Shape:
        shape, weight = _batched(facts, facts.shape("input"), count), facts.shape("weight")
        _ranked(shape, count, "conv")
        if weight.rank != count + 2:
            return ANY
        wanted = times(weight.dims[1], number(facts, "groups"))
        _wants(shape, -count - 1, wanted, f"conv{count}d")
        sizes = _forwards(facts, _spatial(shape, count), weight.dims[2:])
        return _with_batch(shape, (weight.dims[0], *sizes))

    return function


def _batched(facts: Facts, shape: Shape, count: int) -> Shape:
    """The shape of images or sequences, of samples in the first dimension where the rank is not known to be less."""
    if shape.open and len(shape.dims) <= count + 2:
        shape = Shape((None,) * (count + 2 - len(shape.dims)) + shape.dims)
    if shape.rank == count + 2:
        return Shape((facts.batch(shape.dims[0]), *shape.dims[1:]))
    return shape


def _ranked(shape: Shape, count: int, what: str) -> None:
    if shape.rank not in (None, count + 1, count + 2) or (shape.open and len(shape.dims) > count + 2):
        raise Clash(
            f"{what}{count}d takes {count + 2} dimensions, or {count + 1} without a batch, and is given {shape}"
        )


def _spatial(shape: Shape, count: int) -> tuple[Dim, ...]:
    known = shape.dims[-count:]
    return (None,) * (count - len(known)) + known


def _with_batch(shape: Shape, rest: tuple[Dim, ...]) -> Shape:
    before = len(shape.dims) - len(rest)
    return Shape((*(shape.dims[:before] if before > 0 else ()), *rest), shape.open)


def _forwards(facts: Facts, spatial: tuple[Dim, ...], kernel: tuple[Dim, ...] | None = None) -> tuple[Dim, ...]:
    count = len(spatial)
    if facts.constant("padding") == "same":
        return spatial
    kernel = kernel or _each(facts, "kernel_size", count)
    stride, dilation = _each(facts, "stride", count), _each(facts, "dilation", count)
    padding = (0,) * count if facts.constant("padding") == "valid" else _each(facts, "padding", count)
    return tuple(map(window, spatial, kernel, stride, padding, dilation))


def window(size: Dim, kernel: Dim, stride: Dim, padding: Dim, dilation: Dim = 1, *, ceil: bool = False) -> Dim:
    """How often a window fits. Source: torch.nn.Conv2d, MaxPool2d."""
    if not all(isinstance(value, int) for value in (kernel, stride, padding, dilation)):
        return None
    reach = dilation * (kernel - 1)  # type: ignore[operator]
    if stride == 1 and 2 * padding == reach:  # type: ignore[operator]
        return size
    if not isinstance(size, int) or not stride:
        return None
    room = size + 2 * padding - reach - 1  # type: ignore[operator]
    if room < 0:
        raise Clash(f"a window of {reach + 1} is larger than the {size} that are there")
    found = (-(-room // stride) if ceil else room // stride) + 1  # type: ignore[operator]
    if ceil and (found - 1) * stride >= size + padding:  # type: ignore[operator]
        found -= 1  # the last window must begin inside
    return found


def _backwards(facts: Facts, spatial: tuple[Dim, ...]) -> tuple[Dim, ...]:
    names = ("kernel_size", "stride", "padding", "dilation", "output_padding")
    settings = (_each(facts, name, len(spatial)) for name in names)
    return tuple(_grown(*values) for values in zip(spatial, *settings, strict=True))


def _grown(size: Dim, kernel: Dim, stride: Dim, padding: Dim, dilation: Dim, more: Dim) -> Dim:
    values = (size, kernel, stride, padding, dilation, more)
    if not all(isinstance(value, int) for value in values):
        return None
    return (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + more + 1  # type: ignore[operator]


def pooling(count: int, *, dilated: bool) -> Function:
    """Max and average pooling: by default a window moves by its own size. dilated: its points may be apart."""

    def layer(facts: Facts) -> Shape:
        shape = facts.shape("input")
        _ranked(shape, count, "pool")
        kernel = _each(facts, "kernel_size", count)
        stride = kernel if facts.constant("stride") in (None, ()) else _each(facts, "stride", count)
        dilation = _each(facts, "dilation", count) if dilated else (1,) * count
        padding, ceil = _each(facts, "padding", count), flag(facts, "ceil_mode")
        if ceil is None:
            return _with_batch(shape, (_channels(shape, count), *(None,) * count))
        sizes = (
            window(*values, ceil=ceil)
            for values in zip(_spatial(shape, count), kernel, stride, padding, dilation, strict=True)
        )
        return _with_batch(shape, (_channels(shape, count), *sizes))

    return layer


def _channels(shape: Shape, count: int) -> Dim:
    return shape.dims[-count - 1] if len(shape.dims) > count else None


def adaptive(count: int) -> Function:
    """Adaptive pooling: the sizes that it was made for; None keeps one."""

    def layer(facts: Facts) -> Shape:
        shape = facts.shape("input")
        _ranked(shape, count, "pool")
        spatial, wanted = _spatial(shape, count), facts.constant("output_size")
        target: tuple[Dim, ...] = _each(facts, "output_size", count)
        if isinstance(wanted, tuple) and len(wanted) == count:
            target = tuple(s if w is None else w for w, s in zip(wanted, spatial, strict=True))
        return _with_batch(shape, (_channels(shape, count), *target))

    return layer


def normalisation(count: int | None = None) -> Function:
    """Batch and instance norm over channels, of `count` spatial dimensions: 1 may also be none."""

    def layer(facts: Facts) -> Shape:
        shape, wanted = facts.shape("input"), _setting(facts, "num_features")
        shape = _batched(facts, shape, count) if count is not None and count > 1 else shape
        if count is not None and count > 1:
            if shape.rank not in (None, count + 2):
                raise Clash(f"BatchNorm{count}d takes {count + 2} dimensions, and is given {shape}")
            _wants(shape, -count - 1, wanted, f"BatchNorm{count}d")
        elif count == 1 and shape.rank in (2, 3):
            _wants(shape, 1 - len(shape.dims), wanted, "BatchNorm1d")
        elif count == 1 and shape.rank is not None:
            raise Clash(f"BatchNorm1d takes 2 or 3 dimensions, and is given {shape}")
        return shape

    return layer


def layer_norm(facts: Facts) -> Shape:
    """nn.LayerNorm: the last dimensions must be those that it was made for."""
    shape, wanted = facts.shape("input"), facts.sizes("normalized_shape")
    for index, size in enumerate(reversed(wanted or ())):
        _wants(shape, -1 - index, size, "LayerNorm")
    return shape


def group_norm(facts: Facts) -> Shape:
    """nn.GroupNorm: channels are the second dimension."""
    shape = facts.shape("input")
    if shape.rank is not None and shape.rank >= 2:
        _wants(shape, 1 - shape.rank, _setting(facts, "num_channels"), "GroupNorm")
    return shape


def recurrent(gates: bool) -> Function:
    """nn.LSTM (gates: the state is a pair), nn.GRU, nn.RNN: the output, and the state after the last step."""

    def layer(facts: Facts) -> Result:
        shape = facts.shape("input")
        _wants(shape, -1, _setting(facts, "input_size"), "the recurrent layer")
        ways = {True: 2, False: 1}.get(facts.constant("bidirectional"))  # type: ignore[call-overload]
        hidden = _setting(facts, "hidden_size")
        projected = number(facts, "proj_size") if gates else 0
        out = projected if projected else hidden if projected == 0 else None
        layers = times(ways, _setting(facts, "num_layers"))
        state, cell = (Shape((layers, *_batch(shape, facts), size)) for size in (out, hidden))
        if shape.rank is None:
            state, cell = ANY, ANY
        output = with_last(shape, times(ways, out))
        return (output, (state, cell)) if gates else (output, state)

    return layer


def _batch(shape: Shape, facts: Facts) -> tuple[Dim, ...]:
    if shape.rank != 3:
        return ()
    first = flag(facts, "batch_first")
    return (shape.dims[0] if first else shape.dims[1] if first is False else None,)


def recurrent_cell(gates: bool) -> Function:
    """nn.LSTMCell, nn.GRUCell, nn.RNNCell."""

    def layer(facts: Facts) -> Result:
        shape = facts.shape("input")
        _wants(shape, -1, _setting(facts, "input_size"), "the recurrent cell")
        state = with_last(shape, _setting(facts, "hidden_size"))
        return (state, state) if gates else state

    return layer


def attention(facts: Facts) -> Result:
    """nn.MultiheadAttention: as the query, and the weights averaged over the heads."""
    query, key = facts.shape("query"), facts.shape("key")
    _wants(query, -1, _setting(facts, "embed_dim"), "MultiheadAttention")
    if query.rank != 3 or key.rank != 3 or flag(facts, "average_attn_weights") is not True:
        return (query, ANY)
    first = flag(facts, "batch_first")
    if first is None:
        return (query, ANY)
    batch, time = (0, 1) if first else (1, 0)
    return (query, Shape((query.dims[batch], query.dims[time], key.dims[time])))


def attended(facts: Facts) -> Shape:
    """scaled_dot_product_attention: (…, L, E), (…, S, E), (…, S, V) give (…, L, V)."""
    query, key, value = facts.shape("query"), facts.shape("key"), facts.shape("value")
    if len(query.dims) < 2 or not value.dims:
        return ANY
    if key.dims:
        _wants(key, -1, query.dims[-1], "attention to this query")
    return with_last(query, value.dims[-1])


def resized(facts: Facts) -> Shape:
    """interpolate, Upsample: to a size, or by a factor."""
    shape = facts.shape("input")
    count = (shape.rank or 0) - 2
    if count < 1:
        return ANY
    if facts.constant("size") is not None:
        return Shape((*shape.dims[:2], *_each(facts, "size", count)))
    factors = _each(facts, "scale_factor", count)
    return Shape((*shape.dims[:2], *(_scaled(size, by) for size, by in zip(shape.dims[2:], factors, strict=True))))


def _scaled(size: Dim, factor: Dim) -> Dim:
    return times(size, factor) if isinstance(factor, int) else None


def shuffled(facts: Facts) -> Shape:
    """pixel_shuffle: channels become pixels."""
    shape, factor = facts.shape("input"), number(facts, "upscale_factor")
    if len(shape.dims) < 3 or factor is None:
        return ANY
    channels, height, width = shape.dims[-3:]
    if isinstance(channels, int) and channels % (factor * factor):
        raise Clash(f"pixel_shuffle by {factor} of {channels} channels, which is no multiple of {factor * factor}")
    sizes = (quotient(channels, factor * factor), times(height, factor), times(width, factor))
    return Shape((*shape.dims[:-3], *sizes), shape.open)


def softmax(facts: Facts) -> Shape:
    """A softmax: the shape is kept, and its dimension must be there."""
    shape = facts.shape("input")
    place(shape, facts.constant("dim"))
    return shape
