"""Which shape function belongs to which name of torch: functions and methods by their short name, layers by class."""

from __future__ import annotations

from dllint.shapes import joins, layers, moves, pictures, products, reductions
from dllint.shapes.facts import Facts, Function
from dllint.shapes.pointwise import broadcasting, same
from dllint.values.shape import ANY, SCALAR, Shape

KEEPING = frozenset(
    {
        *("relu", "relu6", "elu", "selu", "celu", "leaky_relu", "rrelu", "gelu", "silu", "mish", "hardtanh"),
        *("hardswish", "hardsigmoid", "softplus", "softsign", "softshrink", "hardshrink", "tanhshrink", "threshold"),
        *("prelu", "logsigmoid", "sigmoid", "tanh", "log", "exp", "normalize", "dropout", "alpha_dropout"),
        *("feature_dropout", "gumbel_softmax", "clone", "detach", "contiguous", "to", "cpu", "cuda", "type", "type_as"),
        *("float", "double", "half", "bfloat16", "long", "int", "short", "char", "byte", "bool", "flip", "fliplr"),
        *("flipud", "roll", "masked_fill", "masked_scatter", "index_fill", "index_copy", "clamp_min", "clamp_max"),
        *("nan_to_num", "tril", "triu", "positive", "sort", "msort", "cummax", "cummin", "cumsum", "cumprod"),
        *("logcumsumexp", "argsort", "isnan", "isinf", "isfinite", "isreal", "isposinf", "isneginf", "signbit"),
        *("logical_not", "bitwise_not", "abs", "neg", "sqrt", "rsqrt", "square", "log2", "log10", "log1p", "exp2"),
        *("expm1", "reciprocal", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh"),
        *("atanh", "erf", "erfc", "erfinv", "ceil", "floor", "trunc", "fix", "frac", "sign", "sgn", "lgamma"),
        *("digamma", "round", "logit", "zeros_like", "ones_like", "rand_like", "randn_like", "empty_like", "full_like"),
        *("randint_like", "bernoulli", "scatter", "scatter_add", "scatter_reduce", "index_add", "index_put", "renorm"),
        *("layer_norm", "group_norm", "rms_norm", "batch_norm", "instance_norm", "channel_shuffle", "identity"),
        *("angle", "arctan", "arcsin", "arccos", "conj", "deg2rad", "rad2deg", "real", "sinc", "expit", "to_dense"),
        *("local_response_norm", "copy", "fill", "zero", "normal", "uniform", "random", "pin_memory", "requires_grad"),
        *("channelshuffle", "localresponsenorm", "rmsnorm", "softmax2d", "alpha_dropout", "fill_diagonal", "numpy"),
    }
)
"""The shape of the first tensor, whatever else is given."""

BINARY = frozenset(
    {
        *("add", "sub", "mul", "div", "floor_divide", "remainder", "fmod", "maximum", "minimum", "fmax", "fmin"),
        *("eq", "ne", "lt", "le", "gt", "ge", "greater", "greater_equal", "less", "less_equal", "not_equal"),
        *("logical_and", "logical_or", "logical_xor", "bitwise_and", "bitwise_or", "bitwise_xor", "isclose"),
        *("atan2", "arctan2", "hypot", "logaddexp", "logaddexp2", "xlogy", "copysign", "rsub", "floor_divide"),
    }
)
"""Two tensors that are broadcast."""


KEPT = same()


def _scalar(facts: Facts) -> Shape:
    return SCALAR


def _inner(facts: Facts) -> Shape:
    """One number of two rows of them; an array's own dot multiplies matrices too."""
    return SCALAR if facts.shape("input").rank == 1 else ANY


def _functional(facts: Facts) -> Shape:
    """reshape(input, shape), and x.reshape(*shape)."""
    return moves.view(facts, "shape", "input")


def _one_dimension(facts: Facts) -> Shape:
    return Shape((None,))


def _flat(facts: Facts) -> Shape:
    return moves.regrouped(facts.shape("input"), (-1,))


def _split(facts: Facts) -> Shape:
    return moves.pieces(facts, "tensor", "split_size_or_sections") if facts.has("tensor") else moves.pieces(facts)


SOFT = ("softmax", "log_softmax", "softmin")
REDUCTIONS = ("sum", "mean", "prod", "nansum", "nanmean", "std", "var", "std_mean", "var_mean", "norm", "amax", "amin")
MORE_REDUCTIONS = ("aminmax", "logsumexp", "argmax", "argmin", "all", "any")

FUNCTIONS: dict[str, Function] = {
    **dict.fromkeys(KEEPING, KEPT),
    **dict.fromkeys(BINARY, broadcasting("input", "other")),
    **dict.fromkeys((*REDUCTIONS, *MORE_REDUCTIONS), reductions.reduced),
    **dict.fromkeys(("max", "min", "median", "nanmedian"), reductions.along),
    **dict.fromkeys(("mode", "kthvalue"), reductions.last_by_default),
    **dict.fromkeys(SOFT, layers.softmax),
    **dict.fromkeys(("view_as", "reshape_as", "expand_as"), same("other")),
    **dict.fromkeys(("swapaxes", "swapdims", "transpose"), moves.transpose),
    **dict.fromkeys(("movedim", "moveaxis"), moves.movedim),
    **dict.fromkeys(("cat", "concat", "concatenate"), joins.cat),
    **dict.fromkeys(("baddbmm", "addmm"), products.added),
    **dict.fromkeys(("dot", "vdot"), _inner),
    **dict.fromkeys(("trace", "dist"), _scalar),
    **dict.fromkeys(("det", "logdet"), reductions.of_matrices),
    **dict.fromkeys(("masked_select", "bincount"), _one_dimension),
    **dict.fromkeys(("interpolate", "upsample"), layers.resized),
    **dict.fromkeys(("outer", "ger"), products.outer),
    **dict.fromkeys(("zeros", "ones", "rand", "randn", "empty", "full", "randint"), joins.sized("size")),
    **dict.fromkeys(("new_zeros", "new_ones", "new_empty", "new_full"), joins.sized("size")),
    **dict.fromkeys(("tensor", "as_tensor", "new_tensor"), joins.literal),
    **{f"conv{n}d": layers.convolution_by(n) for n in (1, 2, 3)},
    **{f"{kind}_pool{n}d": layers.pooling(n, dilated=kind == "max") for n in (1, 2, 3) for kind in ("max", "avg")},
    **{f"adaptive_{kind}_pool{n}d": layers.adaptive(n) for n in (1, 2, 3) for kind in ("max", "avg")},
    "count_nonzero": reductions.counted,
    "quantile": reductions.at_quantile,
    "nanquantile": reductions.at_quantile,
    "pairwise_distance": reductions.distance,
    "matrix_norm": reductions.matrix_norm,
    "hstack": joins.beside,
    "vstack": joins.above,
    "row_stack": joins.above,
    "dstack": joins.behind,
    "tile": moves.tile,
    "adjoint": moves.turned,
    "pinverse": moves.turned,
    "pinv": moves.turned,
    "diff": moves.shortened,
    "take": same("index"),
    "pow": broadcasting("input", "exponent"),
    "lerp": broadcasting("input", "end", "weight"),
    "addcmul": broadcasting("input", "tensor1", "tensor2"),
    "addcdiv": broadcasting("input", "tensor1", "tensor2"),
    "from_numpy": KEPT,
    "clamp": KEPT,
    "clip": KEPT,
    "where": broadcasting("condition", "input", "other"),
    "view": moves.view,
    "reshape": _functional,
    "flatten": moves.flatten,
    "unflatten": moves.unflatten,
    "ravel": _flat,
    "squeeze": moves.squeeze,
    "unsqueeze": moves.unsqueeze,
    "t": moves.swapped,
    "permute": moves.permute,
    "expand": moves.expand,
    "broadcast_to": lambda facts: moves.expand(facts, "size", "input"),
    "repeat": moves.repeat,
    "repeat_interleave": moves.rolled,
    "narrow": moves.narrow,
    "select": moves.select,
    "index_select": moves.index_select,
    "gather": same("index"),
    "take_along_dim": moves.gathered_along,
    "chunk": moves.parts,
    "split": _split,
    "unbind": moves.unbound,
    "glu": moves.halves,
    "pad": moves.padded,
    "topk": reductions.top,
    "multinomial": reductions.drawn,
    "cosine_similarity": reductions.similarity,
    "matmul": products.matmul,
    "mm": products.mm,
    "bmm": products.bmm,
    "mv": products.mv,
    "einsum": products.einsum,
    "cdist": products.distances,
    "stack": joins.stack,
    "__new": joins.old_literal,
    "arange": joins.counted,
    "linspace": joins.spaced,
    "eye": joins.identity,
    "one_hot": joins.one_hot,
    "embedding": joins.embedded_by,
    "linear": layers.linear_by,
    "pixel_shuffle": layers.shuffled,
    "scaled_dot_product_attention": layers.attended,
}

LAYERS: dict[str, Function] = {
    "Linear": layers.linear,
    "Embedding": joins.embedded,
    "LayerNorm": layers.layer_norm,
    "GroupNorm": layers.group_norm,
    "SyncBatchNorm": same(),
    "Flatten": moves.flatten,
    "Unflatten": lambda facts: moves.unflatten(facts, "unflattened_size"),
    "GLU": moves.halves,
    "Upsample": layers.resized,
    "PixelShuffle": layers.shuffled,
    "LSTM": layers.recurrent(gates=True),
    "GRU": layers.recurrent(gates=False),
    "RNN": layers.recurrent(gates=False),
    "LSTMCell": layers.recurrent_cell(gates=True),
    "GRUCell": layers.recurrent_cell(gates=False),
    "RNNCell": layers.recurrent_cell(gates=False),
    "MultiheadAttention": layers.attention,
    "TransformerEncoderLayer": same("src"),
    "TransformerEncoder": same("src"),
    "TransformerDecoderLayer": same("tgt"),
    "TransformerDecoder": same("tgt"),
    "Transformer": same("tgt"),
    "CosineSimilarity": reductions.similarity,
    **{f"Conv{n}d": layers.convolution(n) for n in (1, 2, 3)},
    **{f"ConvTranspose{n}d": layers.convolution(n, backwards=True) for n in (1, 2, 3)},
    **{f"{kind}Pool{n}d": layers.pooling(n, dilated=kind == "Max") for n in (1, 2, 3) for kind in ("Max", "Avg")},
    **{f"Adaptive{kind}Pool{n}d": layers.adaptive(n) for n in (1, 2, 3) for kind in ("Max", "Avg")},
    **{f"BatchNorm{n}d": layers.normalisation(n) for n in (1, 2, 3)},
    **{f"InstanceNorm{n}d": same() for n in (1, 2, 3)},
}


OTHERWISE = ("keras.", "tensorflow")
"""Libraries whose functions of the same names call their dimensions otherwise."""


def function(name: str, op: str) -> Function | None:
    """The shape function of an entry, by its canonical name and its operation; None where there is none."""
    owner, _, last = name.rpartition(".")
    if last == "forward":
        return LAYERS.get(owner.rpartition(".")[2]) or (FUNCTIONS[op] if op in KEEPING or op in SOFT else None)
    if owner.startswith(OTHERWISE):
        return None
    of_pictures = pictures.OF.get(name.partition(".")[0])
    if of_pictures is not None:
        return of_pictures.get(op) or (FUNCTIONS["reshape"] if op == "reshape" else None)
    return FUNCTIONS.get(op) or FUNCTIONS.get(last.rstrip("_"))
