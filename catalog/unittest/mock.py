"""unittest.mock: classes that programs ask about."""


class NonCallableMock:
    pass


class Mock(NonCallableMock):
    pass


class NonCallableMagicMock(NonCallableMock):
    pass


class MagicMock(Mock):
    pass
