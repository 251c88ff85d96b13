"""sklearn.impute: means and neighbours that are learnt from data, for what is missing."""

# ruff: noqa
from sklearn.base import TransformerMixin

class SimpleImputer(TransformerMixin): ...
class KNNImputer(TransformerMixin): ...
