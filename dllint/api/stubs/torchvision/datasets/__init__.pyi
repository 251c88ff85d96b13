"""torchvision.datasets: data sets; `train` or `split` says which part."""

# ruff: noqa
from torch.utils.data import Dataset

class VisionDataset(Dataset):
    def __init__(self, root=None, transforms=None, transform=None, target_transform=None): ...

class MNIST(VisionDataset):
    pictures = True
    classes = 10
    def __init__(self, root, train=True, transform=None, target_transform=None, download=False): ...

class FashionMNIST(VisionDataset):
    pictures = True
    classes = 10
    def __init__(self, root, train=True, transform=None, target_transform=None, download=False): ...

class KMNIST(VisionDataset):
    pictures = True
    classes = 10
    def __init__(self, root, train=True, transform=None, target_transform=None, download=False): ...

class CIFAR10(VisionDataset):
    pictures = True
    classes = 10
    def __init__(self, root, train=True, transform=None, target_transform=None, download=False): ...

class CIFAR100(VisionDataset):
    pictures = True
    classes = 100
    def __init__(self, root, train=True, transform=None, target_transform=None, download=False): ...

class EMNIST(MNIST):
    pictures = True
    classes = 0  # as many as its split says
    def __init__(self, root, split, **kwargs): ...

class SVHN(VisionDataset):
    pictures = True
    classes = 10
    def __init__(
        self, root, split="train", *args, transform=None, target_transform=None, download=False, folds=None
    ): ...

class STL10(VisionDataset):
    pictures = True
    classes = 10
    def __init__(
        self, root, split="train", *args, transform=None, target_transform=None, download=False, folds=None
    ): ...

class ImageFolder(VisionDataset):
    pictures = True
    def __init__(
        self, root, transform=None, target_transform=None, loader=..., is_valid_file=None, allow_empty=False
    ): ...

class DatasetFolder(VisionDataset):
    def __init__(
        self,
        root,
        loader,
        extensions=None,
        transform=None,
        target_transform=None,
        is_valid_file=None,
        allow_empty=False,
    ): ...

class ImageNet(ImageFolder):
    pictures = True
    classes = 1000
    def __init__(self, root, split="train", **kwargs): ...

class FakeData(VisionDataset):
    pictures = True
    def __init__(
        self,
        size=1000,
        image_size=(3, 224, 224),
        num_classes=10,
        transform=None,
        target_transform=None,
        random_offset=0,
    ): ...

class CocoDetection(VisionDataset):
    def __init__(self, root, annFile, transform=None, target_transform=None, transforms=None): ...

class CelebA(VisionDataset):
    pictures = True
    def __init__(
        self, root, split="train", target_type="attr", transform=None, target_transform=None, download=False
    ): ...

class VOCSegmentation(VisionDataset):
    def __init__(
        self,
        root,
        year="2012",
        image_set="train",
        download=False,
        transform=None,
        target_transform=None,
        transforms=None,
    ): ...
