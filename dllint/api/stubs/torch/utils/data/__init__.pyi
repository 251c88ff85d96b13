"""torch.utils.data: data sets, samplers and loaders."""
# ruff: noqa

class Dataset:
    def __init__(self, *args, **kwargs): ...

class IterableDataset(Dataset): ...

class TensorDataset(Dataset):
    def __init__(self, *tensors): ...

class StackDataset(Dataset):
    def __init__(self, *args, **kwargs): ...

class ConcatDataset(Dataset):
    def __init__(self, datasets): ...

class ChainDataset(IterableDataset):
    def __init__(self, datasets): ...

class Subset(Dataset):
    def __init__(self, dataset: Dataset, indices): ...

@effect.split
def random_split(dataset: Dataset, lengths, generator=...) -> List[Object["Subset"]]: ...

class Sampler:
    def __init__(self, *args, **kwargs): ...

class SequentialSampler(Sampler):
    def __init__(self, data_source: Dataset): ...

class RandomSampler(Sampler):
    def __init__(self, data_source: Dataset, replacement=False, num_samples=None, generator=None): ...

class SubsetRandomSampler(Sampler):
    def __init__(self, indices, generator=None): ...

class WeightedRandomSampler(Sampler):
    def __init__(self, weights, num_samples, replacement=True, generator=None): ...

class BatchSampler(Sampler):
    def __init__(self, sampler, batch_size, drop_last): ...

class DistributedSampler(Sampler):
    def __init__(self, dataset: Dataset, num_replicas=None, rank=None, shuffle=True, seed=0, drop_last=False): ...
    @effect.set_epoch
    def set_epoch(self, epoch) -> None: ...

class DataLoader:
    def __init__(
        self,
        dataset: Dataset,
        batch_size=1,
        shuffle=None,
        sampler=None,
        batch_sampler=None,
        num_workers=0,
        collate_fn=None,
        pin_memory=False,
        drop_last=False,
        timeout=0,
        worker_init_fn=None,
        multiprocessing_context=None,
        generator=None,
        *,
        prefetch_factor=None,
        persistent_workers=False,
        pin_memory_device="",
        in_order=True,
    ): ...
    @property
    def dataset(self) -> Unknown: ...
    @property
    def batch_size(self) -> Number: ...
    def __len__(self) -> Number: ...

def default_collate(batch) -> Unknown: ...
def get_worker_info() -> Unknown: ...
