"""torch.nn: layers that hold parameters, drop out, pool, pad or move.

leaf: behaves differently in train and eval mode. leaf_argument: does so when this constructor argument is true."""

# ruff: noqa
from torch.nn import Module

__name__ = "torch.nn"

class _ConvNd(Module): ...
class _ConvTransposeNd(_ConvNd): ...
class _NormBase(Module): ...

class _BatchNorm(_NormBase):
    leaf = "batchnorm"
    def forward(self, input: Centred) -> Raw: ...

class _InstanceNorm(_NormBase):
    leaf_argument = "track_running_stats"
    def forward(self, input: Tensor) -> Raw: ...

class _DropoutNd(Module):
    leaf = "dropout"

class Linear(Module):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None): ...
    def forward(self, input: Pixels) -> Raw: ...

class LazyLinear(Linear):
    def __init__(self, out_features, bias=True, device=None, dtype=None): ...

class Conv1d(_ConvNd):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Pixels) -> Raw: ...

class Conv2d(_ConvNd):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Pixels) -> Raw: ...

class Conv3d(_ConvNd):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Pixels) -> Raw: ...

class ConvTranspose1d(_ConvTransposeNd):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Tensor, output_size=None) -> Raw: ...

class ConvTranspose2d(_ConvTransposeNd):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Tensor, output_size=None) -> Raw: ...

class ConvTranspose3d(_ConvTransposeNd):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Tensor, output_size=None) -> Raw: ...

class LazyConv1d(Conv1d):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...

class LazyConv2d(Conv2d):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...

class LazyConv3d(Conv3d):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...

class LazyConvTranspose1d(ConvTranspose1d):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...

class LazyConvTranspose2d(ConvTranspose2d):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...

class LazyConvTranspose3d(ConvTranspose3d):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ): ...

class Bilinear(Module):
    def __init__(self, in1_features, in2_features, out_features, bias=True, device=None, dtype=None): ...
    def forward(self, input1: Tensor, input2: Tensor) -> Raw: ...

class BatchNorm1d(_BatchNorm):
    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        device=None,
        dtype=None,
        *,
        bias=True,
    ): ...
    def forward(self, input: Centred) -> Raw: ...

class BatchNorm2d(_BatchNorm):
    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        device=None,
        dtype=None,
        *,
        bias=True,
    ): ...
    def forward(self, input: Centred) -> Raw: ...

class BatchNorm3d(_BatchNorm):
    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        device=None,
        dtype=None,
        *,
        bias=True,
    ): ...
    def forward(self, input: Centred) -> Raw: ...

class LazyBatchNorm1d(_BatchNorm):
    def __init__(
        self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True
    ): ...

class LazyBatchNorm2d(_BatchNorm):
    def __init__(
        self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True
    ): ...

class LazyBatchNorm3d(_BatchNorm):
    def __init__(
        self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True
    ): ...

class SyncBatchNorm(_BatchNorm):
    @effect.wraps
    def convert_sync_batchnorm(module: Module, process_group=None) -> Same["module"]: ...
    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        process_group=None,
        device=None,
        dtype=None,
        *,
        bias=True,
    ): ...
    def forward(self, input: Centred) -> Raw: ...

class InstanceNorm1d(_InstanceNorm):
    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=False,
        track_running_stats=False,
        device=None,
        dtype=None,
        *,
        bias=True,
    ): ...
    def forward(self, input: Tensor) -> Raw: ...

class InstanceNorm2d(_InstanceNorm):
    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=False,
        track_running_stats=False,
        device=None,
        dtype=None,
        *,
        bias=True,
    ): ...
    def forward(self, input: Tensor) -> Raw: ...

class InstanceNorm3d(_InstanceNorm):
    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=False,
        track_running_stats=False,
        device=None,
        dtype=None,
        *,
        bias=True,
    ): ...
    def forward(self, input: Tensor) -> Raw: ...

class LazyInstanceNorm1d(_InstanceNorm):
    def __init__(
        self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True
    ): ...

class LazyInstanceNorm2d(_InstanceNorm):
    def __init__(
        self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True
    ): ...

class LazyInstanceNorm3d(_InstanceNorm):
    def __init__(
        self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True
    ): ...

class LayerNorm(Module):
    def __init__(self, normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None): ...
    def forward(self, input: Tensor) -> Raw: ...

class GroupNorm(Module):
    def __init__(self, num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True): ...
    def forward(self, input: Tensor) -> Raw: ...

class RMSNorm(Module):
    def __init__(self, normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None): ...
    def forward(self, x: Tensor) -> Raw: ...

class Embedding(Module):
    def __init__(
        self,
        num_embeddings,
        embedding_dim,
        padding_idx=None,
        max_norm=None,
        norm_type=2.0,
        scale_grad_by_freq=False,
        sparse=False,
        _weight=None,
        _freeze=False,
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Indices) -> Raw: ...
    def from_pretrained(
        embeddings: Tensor,
        freeze=True,
        padding_idx=None,
        max_norm=None,
        norm_type=2.0,
        scale_grad_by_freq=False,
        sparse=False,
    ) -> Object["Embedding"]: ...

class EmbeddingBag(Module):
    def __init__(
        self,
        num_embeddings,
        embedding_dim,
        max_norm=None,
        norm_type=2.0,
        scale_grad_by_freq=False,
        mode="mean",
        sparse=False,
        _weight=None,
        include_last_offset=False,
        padding_idx=None,
        device=None,
        dtype=None,
    ): ...
    def forward(self, input: Tensor, offsets: Tensor = None, per_sample_weights: Tensor = None) -> Raw: ...
    def from_pretrained(
        embeddings: Tensor,
        freeze=True,
        max_norm=None,
        norm_type=2.0,
        scale_grad_by_freq=False,
        mode="mean",
        sparse=False,
        include_last_offset=False,
        padding_idx=None,
    ) -> Object["EmbeddingBag"]: ...

class Identity(Module):
    def __init__(self, *args, **kwargs): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class Dropout(_DropoutNd):
    def __init__(self, p=0.5, inplace=False): ...
    def forward(self, input: Dropped) -> Same["input"]: ...

class Dropout1d(_DropoutNd):
    def __init__(self, p=0.5, inplace=False): ...
    def forward(self, input: Dropped) -> Same["input"]: ...

class Dropout2d(_DropoutNd):
    def __init__(self, p=0.5, inplace=False): ...
    def forward(self, input: Dropped) -> Same["input"]: ...

class Dropout3d(_DropoutNd):
    def __init__(self, p=0.5, inplace=False): ...
    def forward(self, input: Dropped) -> Same["input"]: ...

class AlphaDropout(_DropoutNd):
    def __init__(self, p=0.5, inplace=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class FeatureAlphaDropout(_DropoutNd):
    def __init__(self, p=0.5, inplace=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AvgPool1d(Module):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AvgPool2d(Module):
    def __init__(
        self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None
    ): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AvgPool3d(Module):
    def __init__(
        self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None
    ): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class MaxPool1d(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class MaxPool2d(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class MaxPool3d(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AdaptiveAvgPool1d(Module):
    def __init__(self, output_size): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AdaptiveAvgPool2d(Module):
    def __init__(self, output_size): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AdaptiveAvgPool3d(Module):
    def __init__(self, output_size): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AdaptiveMaxPool1d(Module):
    def __init__(self, output_size, return_indices=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AdaptiveMaxPool2d(Module):
    def __init__(self, output_size, return_indices=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class AdaptiveMaxPool3d(Module):
    def __init__(self, output_size, return_indices=False): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class FractionalMaxPool2d(Module):
    def __init__(
        self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None
    ): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class FractionalMaxPool3d(Module):
    def __init__(
        self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None
    ): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class MaxUnpool1d(Module):
    def __init__(self, kernel_size, stride=None, padding=0): ...
    def forward(self, input: Tensor, indices: Tensor, output_size=None) -> Same["input"]: ...

class MaxUnpool2d(Module):
    def __init__(self, kernel_size, stride=None, padding=0): ...
    def forward(self, input: Tensor, indices: Tensor, output_size=None) -> Same["input"]: ...

class MaxUnpool3d(Module):
    def __init__(self, kernel_size, stride=None, padding=0): ...
    def forward(self, input: Tensor, indices: Tensor, output_size=None) -> Same["input"]: ...

class Upsample(Module):
    def __init__(
        self, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None
    ): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class UpsamplingBilinear2d(Upsample):
    def __init__(self, size=None, scale_factor=None): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class UpsamplingNearest2d(Upsample):
    def __init__(self, size=None, scale_factor=None): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class PixelShuffle(Module):
    def __init__(self, upscale_factor): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class PixelUnshuffle(Module):
    def __init__(self, downscale_factor): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ChannelShuffle(Module):
    def __init__(self, groups): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class Flatten(Module):
    def __init__(self, start_dim=1, end_dim=-1): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class Unflatten(Module):
    def __init__(self, dim, unflattened_size): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class Fold(Module):
    def __init__(self, output_size, kernel_size, dilation=1, padding=0, stride=1): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class Unfold(Module):
    def __init__(self, kernel_size, dilation=1, padding=0, stride=1): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ZeroPad1d(ConstantPad1d):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ZeroPad2d(ConstantPad2d):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ZeroPad3d(ConstantPad3d):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ConstantPad1d(Module):
    def __init__(self, padding, value): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ConstantPad2d(Module):
    def __init__(self, padding, value): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ConstantPad3d(Module):
    def __init__(self, padding, value): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ReflectionPad1d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ReflectionPad2d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ReflectionPad3d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ReplicationPad1d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ReplicationPad2d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class ReplicationPad3d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class CircularPad1d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class CircularPad2d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class CircularPad3d(Module):
    def __init__(self, padding): ...
    def forward(self, input: Tensor) -> Same["input"]: ...

class LPPool1d(Module):
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False): ...
    def forward(self, input: Tensor) -> Reduced["input"]: ...

class LPPool2d(Module):
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False): ...
    def forward(self, input: Tensor) -> Reduced["input"]: ...

class LPPool3d(Module):
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False): ...
    def forward(self, input: Tensor) -> Reduced["input"]: ...

class LocalResponseNorm(Module):
    def __init__(self, size, alpha=0.0001, beta=0.75, k=1.0): ...
    def forward(self, input: Tensor) -> Reduced["input"]: ...

class CrossMapLRN2d(Module):
    def __init__(self, size, alpha=0.0001, beta=0.75, k=1): ...
    def forward(self, input: Tensor) -> Reduced["input"]: ...

class CosineSimilarity(Module):
    def __init__(self, dim=1, eps=1e-08): ...
    def forward(self, x1: Tensor, x2: Tensor) -> Tensor: ...

class PairwiseDistance(Module):
    def __init__(self, p=2.0, eps=1e-06, keepdim=False): ...
    def forward(self, x1: Tensor, x2: Tensor) -> Tensor: ...
