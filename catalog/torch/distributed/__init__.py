"""One process."""
import _nw


def is_available() -> bool:
    return False


def is_initialized() -> bool:
    return False


def is_nccl_available() -> bool:
    return False


def is_torchelastic_launched() -> bool:
    return False


def init_process_group(*args, **kwargs):
    return None


def destroy_process_group(group=None):
    return None


def get_rank(group=None) -> int:
    return 0


def get_world_size(group=None) -> int:
    return 1


def get_backend(group=None) -> str:
    return "gloo"


def barrier(group=None, async_op=False, device_ids=None):
    return None


def new_group(*args, **kwargs):
    return _nw.unknown("a process group")


def all_reduce(tensor, op=None, group=None, async_op=False):
    return None


def all_gather(tensor_list, tensor, group=None, async_op=False):
    return None


def all_gather_object(object_list, obj, group=None):
    return None


def all_gather_into_tensor(output_tensor, input_tensor, group=None, async_op=False):
    return None


def reduce_scatter_tensor(output, input, op=None, group=None, async_op=False):
    return None


def all_to_all(output_tensor_list, input_tensor_list, group=None, async_op=False):
    return None


def all_to_all_single(output, input, output_split_sizes=None, input_split_sizes=None, group=None, async_op=False):
    return None


def broadcast(tensor, src=None, group=None, async_op=False, group_src=None):
    return None


def broadcast_object_list(object_list, src=None, group=None, device=None, group_src=None):
    return None


def reduce(tensor, dst=None, op=None, group=None, async_op=False, group_dst=None):
    return None


def gather(tensor, gather_list=None, dst=None, group=None, async_op=False, group_dst=None):
    return None


def scatter(tensor, scatter_list=None, src=None, group=None, async_op=False, group_src=None):
    return None


class ReduceOp:
    SUM = "sum"
    PRODUCT = "product"
    MAX = "max"
    MIN = "min"
    AVG = "avg"


class ProcessGroup:
    pass


class group:
    WORLD = None


from torch.distributed import nn
