class RotatingFileHandler:
    def __init__(self, *args, **kwargs):
        self.args = args


class TimedRotatingFileHandler(RotatingFileHandler):
    pass


class QueueHandler(RotatingFileHandler):
    pass
