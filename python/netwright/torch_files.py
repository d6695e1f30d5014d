"""PyTorch's .pt and .pth, without PyTorch and without unpickling arbitrary objects.

A file is a pickle that describes tensors, and the bytes of their storages: a zip archive, or, from versions before 1.6, one stream. The
unpickler here knows the few names that a state dict is made of, builds descriptions instead of tensors, and refuses every other name.
"""

import collections
import io
import pickle
import struct
import zipfile

import numpy as np

from .streams import Unreadable, fill_from
from .tensors import CARRIERS, Array, Lazy, carrier, size_of

STORAGES = {"DoubleStorage": "float64", "FloatStorage": "float32", "HalfStorage": "float16", "BFloat16Storage": "bfloat16",
            "LongStorage": "int64",
            "IntStorage": "int32", "ShortStorage": "int16", "CharStorage": "int8", "ByteStorage": "uint8", "BoolStorage": "bool",
            "ComplexFloatStorage": "complex64", "ComplexDoubleStorage": "complex128"}
STORAGE_NAMES = {dtype: name for name, dtype in STORAGES.items()}
LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
# Where checkpoints keep the state dict beside other things.
WRAPPERS = ("state_dict", "model_state_dict", "model")

Storage = collections.namedtuple("Storage", "key dtype")
Dtype = collections.namedtuple("Dtype", "name")
Tensor = collections.namedtuple("Tensor", "storage dtype offset shape stride")


class Mapping(dict):
    """A dict or OrderedDict of the file; PyTorch hangs `_metadata` on it, which `__dict__` takes."""


def tensor_of(storage, offset, shape, stride, *rest):
    if not isinstance(storage, Storage):
        raise Unreadable("a tensor without a storage")
    # The third version names the dtype behind requires_grad and the hooks; its storages are plain bytes.
    dtype = rest[2].name if len(rest) > 2 and isinstance(rest[2], Dtype) else storage.dtype
    good = all(isinstance(size, int) and size >= 0 for size in (offset, *shape, *stride)) and len(shape) == len(stride)
    if not good or dtype not in CARRIERS:
        raise Unreadable(f"a tensor of dtype {dtype}, shape {shape}, stride {stride}")
    return Tensor(storage, dtype, offset, tuple(shape), tuple(stride))


KNOWN = {
    ("collections", "OrderedDict"): Mapping,
    ("torch._utils", "_rebuild_tensor"): tensor_of,
    ("torch._utils", "_rebuild_tensor_v2"): tensor_of,
    ("torch._utils", "_rebuild_tensor_v3"): tensor_of,
    ("torch._utils", "_rebuild_parameter"): lambda tensor, *rest: tensor,
    ("torch._utils", "_rebuild_parameter_with_state"): lambda tensor, *rest: tensor,
    ("torch", "Size"): tuple,
    ("torch", "device"): lambda *arguments: arguments,
    ("torch.serialization", "_get_layout"): lambda name: name,
    ("builtins", "set"): set,
    ("_codecs", "encode"): lambda text, coding: text.encode("latin-1"),
    ("torch", "UntypedStorage"): Storage(None, "uint8"),
    ("torch.storage", "UntypedStorage"): Storage(None, "uint8"),
}


class Unpickler(pickle.Unpickler):
    def __init__(self, stream):
        # Files of Python 2 hold byte strings.
        super().__init__(stream, encoding="latin-1")

    def find_class(self, module, name):
        if module in ("torch", "torch.cuda", "torch.storage") and name in STORAGES:
            return Storage(None, STORAGES[name])
        if module == "torch" and name in CARRIERS:
            return Dtype(name)
        if (module, name) in KNOWN:
            return KNOWN[module, name]
        raise Unreadable(f"it holds an object of {module}.{name}; save model.state_dict() instead of the whole object")

    def persistent_load(self, pid):
        if not isinstance(pid, tuple) or len(pid) < 5 or pid[0] != "storage" or not isinstance(pid[1], Storage):
            raise Unreadable("a reference that is not to a storage")
        if len(pid) > 5 and pid[5] is not None:
            raise Unreadable("a storage that is a view of another one, as PyTorch before 0.4 wrote them")
        return Storage(str(pid[2]), pid[1].dtype)


def unpickle(stream):
    try:
        return Unpickler(stream).load()
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"its description cannot be read: {error}") from None


def state_of(content):
    """The dict of tensors in what the file holds."""
    if isinstance(content, dict) and not any(isinstance(value, Tensor) for value in content.values()):
        inside = [key for key in WRAPPERS if isinstance(content.get(key), dict) and content[key]]
        if len(inside) == 1:
            content = content[inside[0]]
    if not isinstance(content, dict):
        raise Unreadable("it holds no state dict")
    other = sorted(str(name) for name, value in content.items() if not isinstance(value, Tensor))
    if other:
        more = f" and {len(other) - 3} more" if len(other) > 3 else ""
        raise Unreadable(f"not all of its entries are tensors: {', '.join(other[:3])}{more}")
    return content


class TorchReader:
    skipped = ()

    def __init__(self, path):
        self.file = open(path, "rb")
        self.archive, self.places = None, {}
        if zipfile.is_zipfile(self.file):
            self.file.seek(0)
            content = self.open_archive()
        else:
            self.file.seek(0)
            content = self.open_stream()
        self.state = {str(name): tensor for name, tensor in state_of(content).items()}
        self.tensors = {name: (tensor.dtype, tensor.shape) for name, tensor in self.state.items()}

    def open_archive(self):
        self.archive = zipfile.ZipFile(self.file)
        names = self.archive.namelist()
        found = [name for name in names if name.endswith("/data.pkl") or name == "data.pkl"]
        if len(found) != 1 or len(set(names)) != len(names):
            raise Unreadable("not a file of torch.save" + (": a TorchScript archive" if "constants.pkl" in str(names) else ""))
        self.folder = found[0].removesuffix("data.pkl")
        if self.folder + "constants.pkl" in names:
            raise Unreadable("a TorchScript archive; save model.state_dict() instead")
        if self.folder + "byteorder" in names and self.archive.read(self.folder + "byteorder") != b"little":
            raise Unreadable("it was written on a big-endian machine")
        return unpickle(io.BytesIO(self.archive.read(found[0])))

    def open_stream(self):
        """The form before PyTorch 1.6: magic number, version, facts of the machine, the pickle, keys, then each storage."""
        if self.file.read(1) != b"\x80":
            raise Unreadable("not a file of torch.save")
        self.file.seek(0)
        if unpickle(self.file) != LEGACY_MAGIC:
            raise Unreadable("a pickle, but not one of torch.save")
        unpickle(self.file)
        if not unpickle(self.file).get("little_endian", True):
            raise Unreadable("it was written on a big-endian machine")
        content, keys = unpickle(self.file), unpickle(self.file)
        sizes = {}
        for tensor in state_of(content).values():
            sizes[tensor.storage.key] = carrier(tensor.storage.dtype).itemsize
        for key in map(str, keys):
            (count,) = struct.unpack("<q", self.file.read(8))
            self.places[key] = self.file.tell()
            if key not in sizes:
                raise Unreadable("it has storages that no tensor uses")
            self.file.seek(count * sizes[key], 1)
        return content

    def read(self, name):
        tensor = self.state[name]
        itemsize = carrier(tensor.dtype).itemsize
        empty = 0 in tensor.shape
        count = 0 if empty else 1 + sum((size - 1) * step for size, step in zip(tensor.shape, tensor.stride))
        key, start = tensor.storage.key, tensor.offset * itemsize
        if self.archive:
            try:
                entry = self.archive.getinfo(f"{self.folder}data/{key}")
            except KeyError:
                raise Unreadable(f"{name}: its storage {key} is not in the file") from None
            if start + count * itemsize > entry.file_size:
                raise Unreadable(f"{name}: it reaches beyond its storage")
            with self.archive.open(entry) as stream:
                stream.seek(start)
                flat = fill_from(stream, np.empty(count, carrier(tensor.dtype)), name)
        else:
            self.file.seek(self.places[key] + start)
            flat = fill_from(self.file, np.empty(count, carrier(tensor.dtype)), name)
        if empty:
            array = flat.reshape(tensor.shape)
        else:
            array = np.lib.stride_tricks.as_strided(flat, tensor.shape, [step * itemsize for step in tensor.stride], writeable=False)
        return Lazy(tensor.dtype, tensor.shape, Array(array))

    def close(self):
        self.file.close()


# ---- writing


def text_of(text):
    encoded = text.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(encoded)) + encoded


def number_of(value):
    return b"J" + struct.pack("<i", value) if value < 1 << 31 else b"\x8a\x09" + value.to_bytes(9, "little", signed=True)


def name_of(module, name):
    return f"c{module}\n{name}\n".encode()


def numbers_of(values):
    return b"(" + b"".join(map(number_of, values)) + b"t"


def described(key, dtype, shape):
    """The opcodes that call PyTorch's own constructor for a contiguous tensor."""
    strides, step = [], 1
    for size in reversed(shape):
        strides.insert(0, step)
        step *= max(size, 1)
    storage, count, version = STORAGE_NAMES.get(dtype), size_of(dtype, shape) // carrier(dtype).itemsize, 2
    if not storage:  # dtypes younger than the typed storages
        storage, count, version = "UntypedStorage", size_of(dtype, shape), 3
    module = "torch" if version == 2 else "torch.storage"
    place = b"(" + text_of("storage") + name_of(module, storage) + text_of(key) + text_of("cpu") + number_of(count) + b"tQ"
    hooks = name_of("collections", "OrderedDict") + b")R"
    kind = name_of("torch", dtype) if version == 3 else b""
    return name_of("torch._utils", f"_rebuild_tensor_v{version}") + b"(" + place + number_of(0) + numbers_of(shape) + numbers_of(strides) \
        + b"\x89" + hooks + kind + b"tR"


class TorchWriter:
    def __init__(self, path, tensors):
        self.keys = {name: str(number) for number, name in enumerate(tensors)}
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)
        entries = b"".join(text_of(name) + described(self.keys[name], *tensor) for name, tensor in tensors.items())
        state = name_of("collections", "OrderedDict") + b")R(" + entries + b"u"
        self.archive.writestr("archive/data.pkl", b"\x80\x02" + state + b".")
        self.archive.writestr("archive/byteorder", b"little")

    def write(self, name, tensor):
        with self.archive.open(zipfile.ZipInfo(f"archive/data/{self.keys[name]}"), "w", force_zip64=True) as stream:
            for _, _, chunk in tensor.chunks():
                stream.write(chunk.reshape(-1).view(np.uint8))

    def close(self):
        self.archive.writestr("archive/version", b"3\n")
        self.archive.close()
