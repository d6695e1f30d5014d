"""Metrics: only training asks for them, but programs hold them, derive from them, and name them beside `compile`."""


@adapter("keras.metrics.Metric")
class Metric:
    """What training measures, with the variables in which it counts: none of them is a weight of the model."""

    def __init__(self, dtype=None, name=None):
        self.dtype = dtype
        self.name = name
        self.variables = []

    def add_variable(self, shape, initializer, dtype=None, aggregation="sum", name=None):
        self.variables.append(TrainingOption("Variable", (shape, initializer), {"dtype": dtype, "aggregation": aggregation, "name": name}))
        return self.variables[-1]

    def add_weight(self, shape=(), initializer=None, dtype=None, name=None):
        return self.add_variable(shape, initializer, dtype, name=name)


@adapter("netwright.NamedMetric")
class NamedMetric(Metric):
    """A metric of Keras with its arguments."""

    def __init__(self, *args, **kwargs):
        super().__init__(kwargs.get("dtype"), kwargs.get("name"))
        self.args = args
        self.kwargs = kwargs


@adapter("keras.metrics.AUC")
class AUC(NamedMetric):
    pass


@adapter("keras.metrics.Accuracy")
class AccuracyMetric(NamedMetric):
    pass


@adapter("keras.metrics.BinaryAccuracy")
class BinaryAccuracy(NamedMetric):
    pass


@adapter("keras.metrics.BinaryCrossentropy")
class BinaryCrossentropyMetric(NamedMetric):
    pass


@adapter("keras.metrics.BinaryIoU")
class BinaryIoU(NamedMetric):
    pass


@adapter("keras.metrics.CategoricalAccuracy")
class CategoricalAccuracy(NamedMetric):
    pass


@adapter("keras.metrics.CategoricalCrossentropy")
class CategoricalCrossentropyMetric(NamedMetric):
    pass


@adapter("keras.metrics.CategoricalHinge")
class CategoricalHingeMetric(NamedMetric):
    pass


@adapter("keras.metrics.ConcordanceCorrelation")
class ConcordanceCorrelationMetric(NamedMetric):
    pass


@adapter("keras.metrics.CosineSimilarity")
class CosineSimilarityMetric(NamedMetric):
    pass


@adapter("keras.metrics.F1Score")
class F1Score(NamedMetric):
    pass


@adapter("keras.metrics.FBetaScore")
class FBetaScore(NamedMetric):
    pass


@adapter("keras.metrics.FalseNegatives")
class FalseNegativesMetric(NamedMetric):
    pass


@adapter("keras.metrics.FalsePositives")
class FalsePositivesMetric(NamedMetric):
    pass


@adapter("keras.metrics.Hinge")
class HingeMetric(NamedMetric):
    pass


@adapter("keras.metrics.IoU")
class IoU(NamedMetric):
    pass


@adapter("keras.metrics.KLDivergence")
class KLDivergenceMetric(NamedMetric):
    pass


@adapter("keras.metrics.LogCoshError")
class LogCoshErrorMetric(NamedMetric):
    pass


@adapter("keras.metrics.Mean")
class MeanMetric(NamedMetric):
    pass


@adapter("keras.metrics.MeanAbsoluteError")
class MeanAbsoluteErrorMetric(NamedMetric):
    pass


@adapter("keras.metrics.MeanAbsolutePercentageError")
class MeanAbsolutePercentageErrorMetric(NamedMetric):
    pass


@adapter("keras.metrics.MeanIoU")
class MeanIoU(NamedMetric):
    pass


@adapter("keras.metrics.MeanMetricWrapper")
class MeanMetricWrapperMetric(NamedMetric):
    pass


@adapter("keras.metrics.MeanSquaredError")
class MeanSquaredErrorMetric(NamedMetric):
    pass


@adapter("keras.metrics.MeanSquaredLogarithmicError")
class MeanSquaredLogarithmicErrorMetric(NamedMetric):
    pass


@adapter("keras.metrics.OneHotIoU")
class OneHotIoU(NamedMetric):
    pass


@adapter("keras.metrics.OneHotMeanIoU")
class OneHotMeanIoU(NamedMetric):
    pass


@adapter("keras.metrics.PearsonCorrelation")
class PearsonCorrelationMetric(NamedMetric):
    pass


@adapter("keras.metrics.Poisson")
class PoissonMetric(NamedMetric):
    pass


@adapter("keras.metrics.Precision")
class PrecisionMetric(NamedMetric):
    pass


@adapter("keras.metrics.PrecisionAtRecall")
class PrecisionAtRecallMetric(NamedMetric):
    pass


@adapter("keras.metrics.R2Score")
class R2Score(NamedMetric):
    pass


@adapter("keras.metrics.Recall")
class RecallMetric(NamedMetric):
    pass


@adapter("keras.metrics.RecallAtPrecision")
class RecallAtPrecisionMetric(NamedMetric):
    pass


@adapter("keras.metrics.RootMeanSquaredError")
class RootMeanSquaredError(NamedMetric):
    pass


@adapter("keras.metrics.SensitivityAtSpecificity")
class SensitivityAtSpecificityMetric(NamedMetric):
    pass


@adapter("keras.metrics.SparseCategoricalAccuracy")
class SparseCategoricalAccuracy(NamedMetric):
    pass


@adapter("keras.metrics.SparseCategoricalCrossentropy")
class SparseCategoricalCrossentropyMetric(NamedMetric):
    pass


@adapter("keras.metrics.SparseTopKCategoricalAccuracy")
class SparseTopKCategoricalAccuracyMetric(NamedMetric):
    pass


@adapter("keras.metrics.SpecificityAtSensitivity")
class SpecificityAtSensitivityMetric(NamedMetric):
    pass


@adapter("keras.metrics.SquaredHinge")
class SquaredHingeMetric(NamedMetric):
    pass


@adapter("keras.metrics.Sum")
class SumMetric(NamedMetric):
    pass


@adapter("keras.metrics.TopKCategoricalAccuracy")
class TopKCategoricalAccuracy(NamedMetric):
    pass


@adapter("keras.metrics.TrueNegatives")
class TrueNegativesMetric(NamedMetric):
    pass


@adapter("keras.metrics.TruePositives")
class TruePositivesMetric(NamedMetric):
    pass
