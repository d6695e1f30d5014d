import _nw


class SummaryWriter:
    def __init__(self, log_dir=None, **options):
        self.log_dir = log_dir

    def add_scalar(self, *args, **kwargs):
        return None

    def add_image(self, *args, **kwargs):
        return None

    def add_histogram(self, *args, **kwargs):
        return None

    def add_graph(self, *args, **kwargs):
        return None

    def close(self):
        return None
