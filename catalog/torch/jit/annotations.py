"""torch.jit.annotations: spellings of types."""
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union


class _List:
    def __getitem__(self, item):
        return item


BroadcastingList1 = _List()
BroadcastingList2 = _List()
BroadcastingList3 = _List()
