class ContextVar:
    def __init__(self, name, *, default=None):
        self.name = name
        self.value = default

    def get(self, default=None):
        return self.value

    def set(self, value):
        self.value = value
        return value

    def reset(self, token):
        return None
