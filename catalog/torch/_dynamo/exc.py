"""torch._dynamo.exc."""


class TensorifyScalarRestartAnalysis(Exception):
    pass


class Unsupported(RuntimeError):
    pass
