"""torch: the tensor, with its methods. A name that ends in `_` changes its receiver into what it returns."""
# ruff: noqa

__name__ = "torch"

class Tensor:
    def __new__(cls, *args, device=None) -> Tensor: ...

    # ---- attributes

    @property
    def T(self) -> Same["self"]: ...
    @property
    def mT(self) -> Same["self"]: ...
    @property
    def H(self) -> Same["self"]: ...
    @property
    def mH(self) -> Same["self"]: ...
    @property
    def data(self) -> Detached["self"]: ...
    @property
    def grad(self) -> Unknown: ...
    @property
    def shape(self) -> List[Number]: ...
    @property
    def ndim(self) -> Number: ...
    @property
    def requires_grad(self) -> Number: ...
    @property
    def is_cuda(self) -> Number: ...
    @property
    def is_leaf(self) -> Number: ...
    @property
    def is_sparse(self) -> Number: ...
    @property
    def dtype(self) -> Object["dtype"]: ...
    @property
    def device(self) -> Object["device"]: ...
    @property
    def grad_fn(self) -> Unknown: ...
    @property
    def itemsize(self) -> Number: ...
    @property
    def nbytes(self) -> Number: ...
    @property
    def real(self) -> Reduced["self"]: ...
    @property
    def imag(self) -> Reduced["self"]: ...
    @property
    def layout(self) -> Object["layout"]: ...

    # ---- the gradient
    @effect.backward
    def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None) -> None: ...
    @effect.requires_grad
    def requires_grad_(self, requires_grad=True) -> Same["self"]: ...
    def retain_grad(self) -> None: ...
    def register_hook(self, hook) -> Unknown: ...
    def detach_(self) -> Detached["self"]: ...
    # ---- numbers
    def item(self) -> Number: ...
    def tolist(self) -> Number: ...
    @overload
    def size(self, dim: int) -> Number: ...
    @overload
    def size(self, dim=None) -> List[Number]: ...
    @overload
    def stride(self, dim: int) -> Number: ...
    @overload
    def stride(self, dim=None) -> List[Number]: ...
    def dim(self) -> Number: ...
    def ndimension(self) -> Number: ...
    def nelement(self) -> Number: ...
    def element_size(self) -> Number: ...
    def get_device(self) -> Number: ...
    def data_ptr(self) -> Number: ...
    def storage_offset(self) -> Number: ...
    def is_contiguous(self, memory_format=None) -> Number: ...
    def is_pinned(self, device=None) -> Number: ...
    def __len__(self) -> Number: ...
    # ---- the kind survives
    def numpy(self, *, force=False) -> Detached["self"]: ...
    def contiguous(self, memory_format=None) -> Same["self"]: ...
    def to(
        self, *args, device=None, dtype=None, other=None, non_blocking=False, copy=False, memory_format=None
    ) -> Same["self"]: ...
    def cpu(self, memory_format=None) -> Same["self"]: ...
    def cuda(self, device=None, non_blocking=False, memory_format=None, **kwargs) -> Same["self"]: ...
    def xpu(self, device=None, non_blocking=False, memory_format=None) -> Same["self"]: ...
    def pin_memory(self, device=None) -> Same["self"]: ...
    def share_memory_(self) -> Same["self"]: ...
    @overload
    def type(self, dtype, non_blocking=False, **kwargs) -> Same["self"]: ...
    @overload
    def type(self, dtype=None, non_blocking=False, **kwargs) -> Number: ...
    def type_as(self, other) -> Same["self"]: ...
    def float(self, *, memory_format=None) -> Same["self"]: ...
    def double(self, *, memory_format=None) -> Same["self"]: ...
    def half(self, *, memory_format=None) -> Same["self"]: ...
    def bfloat16(self, *, memory_format=None) -> Same["self"]: ...
    def view(self, *size, dtype=None) -> Same["self"]: ...
    def view_as(self, other) -> Same["self"]: ...
    def reshape(self, *shape) -> Same["self"]: ...
    def resize(self, *sizes) -> Same["self"]: ...
    def reshape_as(self, other) -> Same["self"]: ...
    def permute(self, *dims) -> Same["self"]: ...
    def expand(self, *size, implicit=False) -> Same["self"]: ...
    def expand_as(self, other) -> Same["self"]: ...
    def repeat(self, *repeats) -> Same["self"]: ...
    def tile(self, *dims) -> Same["self"]: ...
    def flip(self, *dims) -> Same["self"]: ...
    def split(self, split_size, dim=0) -> List[Same["self"]]: ...
    def unfold(self, dimension, size, step) -> Same["self"]: ...
    def as_strided(self, size, stride, storage_offset=None) -> Same["self"]: ...
    def to_dense(self, dtype=None, *, masked_grad=None) -> Same["self"]: ...
    def to_sparse(self, *args, layout=None, blocksize=None, dense_dim=None) -> Same["self"]: ...
    def coalesce(self) -> Same["self"]: ...
    def storage(self) -> Unknown: ...
    def __getitem__(self, indices, /) -> Same["self"]: ...
    # ---- whole numbers: the kind is lost
    def long(self, *, memory_format=None) -> Reduced["self"]: ...
    def int(self, *, memory_format=None) -> Reduced["self"]: ...
    def short(self, *, memory_format=None) -> Reduced["self"]: ...
    def char(self, *, memory_format=None) -> Reduced["self"]: ...
    def byte(self, *, memory_format=None) -> Reduced["self"]: ...
    def bool(self, *, memory_format=None) -> Boolean: ...
    # ---- filled in place
    def copy_(self, other, non_blocking=False) -> Same["other"]: ...
    def fill_(self, value) -> Dummy: ...
    def zero_(self) -> Dummy: ...
    def normal_(self, mean=0, std=1, *, generator=None) -> Dummy: ...
    def uniform_(self, from_=0, to=1, *, generator=None) -> Dummy: ...
    def random_(self, *args, generator=None) -> Dummy: ...
    def exponential_(self, lambd=1, *, generator=None) -> Dummy: ...
    def bernoulli_(self, p=0.5, *, generator=None) -> Dummy: ...
    def resize_(self, *size, memory_format=None) -> Tensor: ...
    def set_(self, *args) -> Tensor: ...
    def fill_diagonal_(self, fill_value, wrap=False) -> Reduced["self"]: ...
    def put_(self, index, source, accumulate=False) -> Reduced["self"]: ...
    def apply_(self, callable) -> Tensor: ...
    def map_(self, other, callable) -> Tensor: ...
    def sum_to_size(self, *size) -> Reduced["self"]: ...
    # ---- made beside it
    def new(self, *args, device=None) -> Tensor: ...
    def new_tensor(
        self, data, *, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False
    ) -> Tensor: ...
    def new_zeros(
        self, *size, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False
    ) -> Dummy: ...
    def new_ones(self, *size, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False) -> Dummy: ...
    def new_empty(
        self, *size, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False
    ) -> Dummy: ...
    def new_full(
        self, size, fill_value, *, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False
    ) -> Dummy: ...
    # ---- not quite torch's function of that name
    def norm(self, p="fro", dim=None, keepdim=False, dtype=None) -> Reduced["self"]: ...
    # ---- where it is the receiver, not the condition
    @overload
    def where(self: Branch, condition: Condition, other: Branch) -> Picked["self", "other"]: ...
    @overload
    def where(self: Branch, condition: Condition, other) -> Picked["self", "other"]: ...

    # ---- functions of torch taken as methods
    softmax = torch.softmax
    log_softmax = torch.log_softmax
    sigmoid = torch.sigmoid
    tanh = torch.tanh
    relu = torch.relu
    hardshrink = torch.hardshrink
    prelu = torch.prelu
    log = torch.log
    exp = torch.exp
    clone = torch.clone
    detach = torch.detach
    squeeze = torch.squeeze
    unsqueeze = torch.unsqueeze
    flatten = torch.flatten
    unflatten = torch.unflatten
    ravel = torch.ravel
    transpose = torch.transpose
    swapaxes = torch.swapaxes
    swapdims = torch.swapdims
    movedim = torch.movedim
    moveaxis = torch.moveaxis
    t = torch.t
    adjoint = torch.adjoint
    broadcast_to = torch.broadcast_to
    repeat_interleave = torch.repeat_interleave
    fliplr = torch.fliplr
    flipud = torch.flipud
    roll = torch.roll
    rot90 = torch.rot90
    chunk = torch.chunk
    tensor_split = torch.tensor_split
    unbind = torch.unbind
    split_with_sizes = torch.split_with_sizes
    gather = torch.gather
    index_select = torch.index_select
    masked_select = torch.masked_select
    select = torch.select
    narrow = torch.narrow
    take = torch.take
    take_along_dim = torch.take_along_dim
    masked_fill = torch.masked_fill
    masked_scatter = torch.masked_scatter
    index_fill = torch.index_fill
    index_copy = torch.index_copy
    clamp = torch.clamp
    clip = torch.clip
    clamp_min = torch.clamp_min
    clamp_max = torch.clamp_max
    nan_to_num = torch.nan_to_num
    diagonal = torch.diagonal
    tril = torch.tril
    triu = torch.triu
    positive = torch.positive
    max = torch.max
    min = torch.min
    median = torch.median
    nanmedian = torch.nanmedian
    mode = torch.mode
    kthvalue = torch.kthvalue
    sort = torch.sort
    msort = torch.msort
    topk = torch.topk
    cummax = torch.cummax
    cummin = torch.cummin
    unique = torch.unique
    unique_consecutive = torch.unique_consecutive
    argmax = torch.argmax
    argmin = torch.argmin
    argsort = torch.argsort
    argwhere = torch.argwhere
    nonzero = torch.nonzero
    multinomial = torch.multinomial
    bincount = torch.bincount
    eq = torch.eq
    ne = torch.ne
    lt = torch.lt
    le = torch.le
    gt = torch.gt
    ge = torch.ge
    greater = torch.greater
    greater_equal = torch.greater_equal
    less = torch.less
    less_equal = torch.less_equal
    not_equal = torch.not_equal
    logical_and = torch.logical_and
    logical_or = torch.logical_or
    logical_xor = torch.logical_xor
    logical_not = torch.logical_not
    isnan = torch.isnan
    isinf = torch.isinf
    isfinite = torch.isfinite
    isreal = torch.isreal
    isposinf = torch.isposinf
    isneginf = torch.isneginf
    signbit = torch.signbit
    isclose = torch.isclose
    all = torch.all
    any = torch.any
    allclose = torch.allclose
    equal = torch.equal
    is_same_size = torch.is_same_size
    numel = torch.numel
    is_complex = torch.is_complex
    is_floating_point = torch.is_floating_point
    is_nonzero = torch.is_nonzero
    is_signed = torch.is_signed
    bitwise_and = torch.bitwise_and
    bitwise_or = torch.bitwise_or
    bitwise_xor = torch.bitwise_xor
    bitwise_not = torch.bitwise_not
    sum = torch.sum
    mean = torch.mean
    prod = torch.prod
    nansum = torch.nansum
    nanmean = torch.nanmean
    std = torch.std
    var = torch.var
    amax = torch.amax
    amin = torch.amin
    aminmax = torch.aminmax
    logsumexp = torch.logsumexp
    cumsum = torch.cumsum
    cumprod = torch.cumprod
    logcumsumexp = torch.logcumsumexp
    quantile = torch.quantile
    nanquantile = torch.nanquantile
    count_nonzero = torch.count_nonzero
    histc = torch.histc
    dist = torch.dist
    renorm = torch.renorm
    trace = torch.trace
    det = torch.det
    logdet = torch.logdet
    diff = torch.diff
    abs = torch.abs
    absolute = torch.absolute
    neg = torch.neg
    negative = torch.negative
    sqrt = torch.sqrt
    rsqrt = torch.rsqrt
    square = torch.square
    log2 = torch.log2
    log10 = torch.log10
    log1p = torch.log1p
    exp2 = torch.exp2
    expm1 = torch.expm1
    reciprocal = torch.reciprocal
    sin = torch.sin
    cos = torch.cos
    tan = torch.tan
    asin = torch.asin
    acos = torch.acos
    atan = torch.atan
    arcsin = torch.arcsin
    arccos = torch.arccos
    arctan = torch.arctan
    sinh = torch.sinh
    cosh = torch.cosh
    asinh = torch.asinh
    acosh = torch.acosh
    atanh = torch.atanh
    erf = torch.erf
    erfc = torch.erfc
    erfinv = torch.erfinv
    ceil = torch.ceil
    floor = torch.floor
    trunc = torch.trunc
    fix = torch.fix
    frac = torch.frac
    sign = torch.sign
    sgn = torch.sgn
    lgamma = torch.lgamma
    digamma = torch.digamma
    i0 = torch.i0
    sinc = torch.sinc
    angle = torch.angle
    conj = torch.conj
    deg2rad = torch.deg2rad
    rad2deg = torch.rad2deg
    inverse = torch.inverse
    pinverse = torch.pinverse
    matrix_exp = torch.matrix_exp
    round = torch.round
    logit = torch.logit
    add = torch.add
    sub = torch.sub
    subtract = torch.subtract
    mul = torch.mul
    multiply = torch.multiply
    true_divide = torch.true_divide
    floor_divide = torch.floor_divide
    remainder = torch.remainder
    fmod = torch.fmod
    maximum = torch.maximum
    minimum = torch.minimum
    fmax = torch.fmax
    fmin = torch.fmin
    atan2 = torch.atan2
    arctan2 = torch.arctan2
    hypot = torch.hypot
    logaddexp = torch.logaddexp
    logaddexp2 = torch.logaddexp2
    xlogy = torch.xlogy
    float_power = torch.float_power
    copysign = torch.copysign
    heaviside = torch.heaviside
    div = torch.div
    divide = torch.divide
    pow = torch.pow
    lerp = torch.lerp
    addcmul = torch.addcmul
    addcdiv = torch.addcdiv
    cross = torch.cross
    outer = torch.outer
    ger = torch.ger
    kron = torch.kron
    inner = torch.inner
    scatter = torch.scatter
    scatter_add = torch.scatter_add
    scatter_reduce = torch.scatter_reduce
    index_add = torch.index_add
    index_put = torch.index_put
    diag = torch.diag
    diag_embed = torch.diag_embed
    matmul = torch.matmul
    mm = torch.mm
    bmm = torch.bmm
    mv = torch.mv
    dot = torch.dot
    vdot = torch.vdot
    addmm = torch.addmm
    addmv = torch.addmv
    baddbmm = torch.baddbmm
    addbmm = torch.addbmm
    addr = torch.addr
    matrix_power = torch.matrix_power
    smm = torch.smm
    svd = torch.svd
    qr = torch.qr
    cholesky = torch.cholesky
    bernoulli = torch.bernoulli
    stft = torch.stft
    sigmoid_ = torch.sigmoid
    tanh_ = torch.tanh
    relu_ = torch.relu
    log_ = torch.log
    exp_ = torch.exp
    squeeze_ = torch.squeeze
    unsqueeze_ = torch.unsqueeze
    transpose_ = torch.transpose
    swapaxes_ = torch.swapaxes
    swapdims_ = torch.swapdims
    t_ = torch.t
    masked_fill_ = torch.masked_fill
    masked_scatter_ = torch.masked_scatter
    index_fill_ = torch.index_fill
    index_copy_ = torch.index_copy
    clamp_ = torch.clamp
    clip_ = torch.clip
    clamp_min_ = torch.clamp_min
    clamp_max_ = torch.clamp_max
    nan_to_num_ = torch.nan_to_num
    tril_ = torch.tril
    triu_ = torch.triu
    eq_ = torch.eq
    ne_ = torch.ne
    lt_ = torch.lt
    le_ = torch.le
    gt_ = torch.gt
    ge_ = torch.ge
    greater_ = torch.greater
    greater_equal_ = torch.greater_equal
    less_ = torch.less
    less_equal_ = torch.less_equal
    not_equal_ = torch.not_equal
    logical_and_ = torch.logical_and
    logical_or_ = torch.logical_or
    logical_xor_ = torch.logical_xor
    logical_not_ = torch.logical_not
    bitwise_and_ = torch.bitwise_and
    bitwise_or_ = torch.bitwise_or
    bitwise_xor_ = torch.bitwise_xor
    bitwise_not_ = torch.bitwise_not
    cumsum_ = torch.cumsum
    cumprod_ = torch.cumprod
    renorm_ = torch.renorm
    abs_ = torch.abs
    absolute_ = torch.absolute
    neg_ = torch.neg
    negative_ = torch.negative
    sqrt_ = torch.sqrt
    rsqrt_ = torch.rsqrt
    square_ = torch.square
    log2_ = torch.log2
    log10_ = torch.log10
    log1p_ = torch.log1p
    exp2_ = torch.exp2
    expm1_ = torch.expm1
    reciprocal_ = torch.reciprocal
    sin_ = torch.sin
    cos_ = torch.cos
    tan_ = torch.tan
    asin_ = torch.asin
    acos_ = torch.acos
    atan_ = torch.atan
    arcsin_ = torch.arcsin
    arccos_ = torch.arccos
    arctan_ = torch.arctan
    sinh_ = torch.sinh
    cosh_ = torch.cosh
    asinh_ = torch.asinh
    acosh_ = torch.acosh
    atanh_ = torch.atanh
    erf_ = torch.erf
    erfc_ = torch.erfc
    erfinv_ = torch.erfinv
    ceil_ = torch.ceil
    floor_ = torch.floor
    trunc_ = torch.trunc
    fix_ = torch.fix
    frac_ = torch.frac
    sign_ = torch.sign
    sgn_ = torch.sgn
    lgamma_ = torch.lgamma
    digamma_ = torch.digamma
    i0_ = torch.i0
    sinc_ = torch.sinc
    deg2rad_ = torch.deg2rad
    rad2deg_ = torch.rad2deg
    round_ = torch.round
    logit_ = torch.logit
    add_ = torch.add
    sub_ = torch.sub
    subtract_ = torch.subtract
    mul_ = torch.mul
    multiply_ = torch.multiply
    true_divide_ = torch.true_divide
    floor_divide_ = torch.floor_divide
    remainder_ = torch.remainder
    fmod_ = torch.fmod
    atan2_ = torch.atan2
    arctan2_ = torch.arctan2
    hypot_ = torch.hypot
    xlogy_ = torch.xlogy
    float_power_ = torch.float_power
    copysign_ = torch.copysign
    heaviside_ = torch.heaviside
    div_ = torch.div
    divide_ = torch.divide
    pow_ = torch.pow
    lerp_ = torch.lerp
    addcmul_ = torch.addcmul
    addcdiv_ = torch.addcdiv
    scatter_ = torch.scatter
    scatter_add_ = torch.scatter_add
    scatter_reduce_ = torch.scatter_reduce
    index_add_ = torch.index_add
    index_put_ = torch.index_put
    addmm_ = torch.addmm
    addmv_ = torch.addmv
    baddbmm_ = torch.baddbmm
    addbmm_ = torch.addbmm
    addr_ = torch.addr

class FloatTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class DoubleTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class HalfTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class LongTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class IntTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class ShortTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class CharTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class ByteTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class BoolTensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...

class BFloat16Tensor(Tensor):
    def __new__(cls, *args, device=None) -> Tensor: ...
