"""torch.nn: recurrent layers and transformers. leaf_argument: drops out when this constructor argument is true."""

# ruff: noqa
from torch.nn import Module

__name__ = "torch.nn"

class RNNBase(Module):
    leaf_argument = "dropout"
    leaf_between = "num_layers"
    def __init__(
        self,
        mode,
        input_size,
        hidden_size,
        num_layers=1,
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        proj_size=0,
        device=None,
        dtype=None,
    ): ...
    def flatten_parameters(self) -> None: ...

class RNNCellBase(Module): ...

class RNN(RNNBase):
    def __init__(
        self,
        input_size,
        hidden_size,
        num_layers=1,
        nonlinearity="tanh",
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Tensor, hx=None) -> Tuple[Activation, Activation]: ...

class LSTM(RNNBase):
    def __init__(
        self,
        input_size,
        hidden_size,
        num_layers=1,
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        proj_size=0,
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Tensor, hx=None) -> Tuple[Activation, Tuple[Activation, Activation]]: ...

class GRU(RNNBase):
    def __init__(
        self,
        input_size,
        hidden_size,
        num_layers=1,
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Tensor, hx=None) -> Tuple[Activation, Activation]: ...

class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None): ...
    def forward(self, input: Tensor, hx=None) -> Activation: ...

class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None): ...
    def forward(self, input: Tensor, hx=None) -> Tuple[Activation, Activation]: ...

class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None): ...
    def forward(self, input: Tensor, hx=None) -> Activation: ...

class MultiheadAttention(Module):
    leaf_argument = "dropout"
    def __init__(
        self,
        embed_dim,
        num_heads,
        dropout=0.0,
        bias=True,
        add_bias_kv=False,
        add_zero_attn=False,
        kdim=None,
        vdim=None,
        batch_first=False,
        device=None,
        dtype=None,
    ): ...
    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: LeftOut = None,
        need_weights=True,
        attn_mask: LeftOut = None,
        average_attn_weights=True,
        is_causal=False,
    ) -> Tuple[Raw, Tensor]: ...

class TransformerEncoderLayer(Module):
    leaf_argument = "dropout"
    def __init__(
        self,
        d_model,
        nhead,
        dim_feedforward=2048,
        dropout=0.1,
        activation=...,
        layer_norm_eps=1e-05,
        batch_first=False,
        norm_first=False,
        bias=True,
        device=None,
        dtype=None,
    ): ...
    def forward(
        self, src: Tensor, src_mask: LeftOut = None, src_key_padding_mask: LeftOut = None, is_causal=False
    ) -> Raw: ...

class TransformerDecoderLayer(Module):
    leaf_argument = "dropout"
    def __init__(
        self,
        d_model,
        nhead,
        dim_feedforward=2048,
        dropout=0.1,
        activation=...,
        layer_norm_eps=1e-05,
        batch_first=False,
        norm_first=False,
        bias=True,
        device=None,
        dtype=None,
    ): ...
    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: LeftOut = None,
        memory_mask: LeftOut = None,
        tgt_key_padding_mask: LeftOut = None,
        memory_key_padding_mask: LeftOut = None,
        tgt_is_causal=False,
        memory_is_causal=False,
    ) -> Raw: ...

class TransformerEncoder(Module):
    holds = "encoder_layer"
    def __init__(
        self, encoder_layer: Module, num_layers, norm: Module = None, enable_nested_tensor=True, mask_check=True
    ): ...
    def forward(
        self, src: Tensor, mask: LeftOut = None, src_key_padding_mask: LeftOut = None, is_causal=None
    ) -> Raw: ...

class TransformerDecoder(Module):
    holds = "decoder_layer"
    def __init__(self, decoder_layer: Module, num_layers, norm: Module = None): ...
    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: LeftOut = None,
        memory_mask: LeftOut = None,
        tgt_key_padding_mask: LeftOut = None,
        memory_key_padding_mask: LeftOut = None,
        tgt_is_causal=None,
        memory_is_causal=False,
    ) -> Raw: ...

class Transformer(Module):
    leaf_argument = "dropout"
    def __init__(
        self,
        d_model=512,
        nhead=8,
        num_encoder_layers=6,
        num_decoder_layers=6,
        dim_feedforward=2048,
        dropout=0.1,
        activation=...,
        custom_encoder=None,
        custom_decoder=None,
        layer_norm_eps=1e-05,
        batch_first=False,
        norm_first=False,
        bias=True,
        device=None,
        dtype=None,
    ): ...
    def forward(
        self,
        src: Tensor,
        tgt: Tensor,
        src_mask: LeftOut = None,
        tgt_mask: LeftOut = None,
        memory_mask: LeftOut = None,
        src_key_padding_mask: LeftOut = None,
        tgt_key_padding_mask: LeftOut = None,
        memory_key_padding_mask: LeftOut = None,
        src_is_causal=None,
        tgt_is_causal=None,
        memory_is_causal=False,
    ) -> Raw: ...
