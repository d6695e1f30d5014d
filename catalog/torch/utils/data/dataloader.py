import _nw


def default_collate(batch):
    return _nw.unknown("a collated batch")


class DataLoader:
    def __init__(self, dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None, pin_memory=False,
                 drop_last=False, timeout=0, worker_init_fn=None, multiprocessing_context=None, generator=None, *, prefetch_factor=None,
                 persistent_workers=False, pin_memory_device="", in_order=True):
        self.dataset = dataset
        self.batch_size = batch_size

    def __iter__(self):
        return _nw.unknown("the batches of a data loader")

    def __len__(self):
        return _nw.unknown("the number of batches of a data loader")


class _BaseDataLoaderIter:
    def __init__(self, loader):
        self._dataset = loader.dataset

    def _reset(self, loader, first_iter=False):
        return None

    def __iter__(self):
        return self

    def __next__(self):
        return _nw.unknown("the batches of a data loader")


class _SingleProcessDataLoaderIter(_BaseDataLoaderIter):
    pass


class _MultiProcessingDataLoaderIter(_BaseDataLoaderIter):
    pass
