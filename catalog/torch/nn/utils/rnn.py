"""Packed sequences. Their sizes depend on the lengths: exact where those are known."""
from __future__ import annotations

from _nw import DType, check, constant, is_tensor, op, tensor, unknown

__public__ = "torch.nn.utils.rnn"

_LONG = DType("int64")


class PackedSequence:
    def __init__(self, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        if batch_sizes is None:
            data, batch_sizes = data
        self.data = data
        self.batch_sizes = batch_sizes
        self.sorted_indices = sorted_indices
        self.unsorted_indices = unsorted_indices if unsorted_indices is not None else sorted_indices
        sizes = constant(batch_sizes)
        self.batch_count = sizes[0] if sizes else unknown("how many sequences a packed sequence holds")
        self.lengths = None

    def __iter__(self):
        return iter((self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices))

    def __getitem__(self, index):
        return (self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)[index]

    def __len__(self):
        return 4

    def to(self, *args, **kwargs):
        return self._with(self.data.to(*args, **kwargs))

    def cuda(self, *args, **kwargs):
        return self

    def cpu(self, *args, **kwargs):
        return self

    def _with(self, data):
        other = PackedSequence(data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)
        other.batch_count = self.batch_count
        other.lengths = self.lengths
        return other

    def _cast(self, name):
        return self._with(tensor(self.data.shape, DType(name), like=self.data))

    def double(self):
        return self._cast("float64")

    def float(self):
        return self._cast("float32")

    def half(self):
        return self._cast("float16")

    def long(self):
        return self._cast("int64")

    def int(self):
        return self._cast("int32")

    def pin_memory(self):
        return self

    @property
    def is_cuda(self):
        return self.data.is_cuda


def invert_permutation(permutation) -> Tensor:
    return None if permutation is None else tensor(permutation.shape, like=permutation)


@op
def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True) -> Any:
    batch = input.shape[0 if batch_first else 1]
    given = constant(lengths) if is_tensor(lengths) else list(lengths)
    check(is_tensor(lengths) or len(given) == batch, "Expected `len(lengths)` to be equal to batch_size")
    if given is None:
        total = unknown("the sum of the lengths of the sequences")
        sizes = tensor((unknown("the length of the longest sequence"),), _LONG)
    else:
        numbers = sorted(given, reverse=True)
        total = sum(numbers)
        alive = [len([n for n in numbers if n > step]) for step in range(numbers[0])]
        sizes = tensor((numbers[0],), _LONG, data=alive)
    order = None if enforce_sorted else tensor((batch,), _LONG, like=input)
    packed = PackedSequence(tensor((total,) + input.shape[2:], like=input), sizes, order, order)
    packed.batch_count = batch
    packed.lengths = given
    return packed


@op
def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None) -> (Tensor, Tensor):
    steps = sequence.batch_sizes.shape[0]
    if total_length is not None:
        check(total_length >= steps, "Expected total_length to be at least the length of the longest sequence",
              ValueError)
        steps = total_length
    lead = (sequence.batch_count, steps) if batch_first else (steps, sequence.batch_count)
    lengths = tensor((sequence.batch_count,), _LONG, data=sequence.lengths)
    return tensor(lead + sequence.data.shape[1:], like=sequence.data), lengths


@op
def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right") -> Tensor:
    check(is_tensor(sequences) or hasattr(sequences, "__iter__"), "pad_sequence: Expected iterable")
    sequences = list(sequences)
    check(len(sequences) > 0, "received an empty list of sequences")
    steps = 0
    for one in sequences:
        steps = max(steps, one.shape[0])
    lead = (len(sequences), steps) if batch_first else (steps, len(sequences))
    return tensor(lead + sequences[0].shape[1:], like=sequences[0])


@op
def unpad_sequence(padded_sequences, lengths, batch_first=False) -> list[Tensor]:
    batch = padded_sequences.shape[0 if batch_first else 1]
    numbers = constant(lengths)
    if numbers is None:
        numbers = [unknown("the length of a sequence") for _ in range(batch)]
    return [tensor((n,) + padded_sequences.shape[2:], like=padded_sequences) for n in numbers]


@op
def pack_sequence(sequences, enforce_sorted=True) -> Any:
    return pack_padded_sequence(pad_sequence(sequences), [one.shape[0] for one in sequences],
                                enforce_sorted=enforce_sorted)


@op
def unpack_sequence(packed_sequences) -> list[Tensor]:
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
