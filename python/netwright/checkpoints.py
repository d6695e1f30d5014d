"""Checkpoints: .safetensors, .npz, .weights.h5 (here) and .pt, .pth (torch_files.py), read and written one tensor at a time.

A reader has `tensors`, {name: (dtype, shape)} with the dtypes of tensors.py, `read(name)`, and `skipped`: names that are not weights.
A writer takes all names first, then each tensor in their order.
"""

import contextlib
import json
import os
import zipfile

import numpy as np

from .streams import Unreadable, fill_from
from .tensors import ENCODED, NAMES, Array, Lazy, carrier, size_of
from .torch_files import TorchReader, TorchWriter


def unique(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise Unreadable(f"{sorted({name for name in names if names.count(name) > 1})[0]} is in the file twice")
    return found


# ---- safetensors

SAFETENSORS = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16", "F8_E4M3": "float8_e4m3fn",
               "F8_E5M2": "float8_e5m2",
               "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8", "U64": "uint64", "U32": "uint32", "U16": "uint16",
               "U8": "uint8", "BOOL": "bool", "C64": "complex64"}
SAFETENSORS_NAMES = {dtype: name for name, dtype in SAFETENSORS.items()}


class SafetensorsReader:
    skipped = ()

    def __init__(self, path):
        self.file = open(path, "rb")
        size = os.fstat(self.file.fileno()).st_size
        length = int.from_bytes(self.file.read(8), "little")
        if size < 8 or length > size - 8:
            raise Unreadable("not a safetensors file")
        try:
            header = json.loads(self.file.read(length), object_pairs_hook=unique)
        except ValueError as error:
            raise Unreadable(f"its header is not JSON: {error}") from None
        self.start, self.places, self.tensors = 8 + length, {}, {}
        header.pop("__metadata__", None)
        for name, entry in header.items():
            if entry["dtype"] not in SAFETENSORS:
                raise Unreadable(f"{name}: dtype {entry['dtype']} is not known")
            dtype, shape = SAFETENSORS[entry["dtype"]], tuple(entry["shape"])
            first, last = entry["data_offsets"]
            if last - first != size_of(dtype, shape) or first < 0 or self.start + last > size:
                raise Unreadable(f"{name}: its bytes do not fit its shape")
            self.tensors[name], self.places[name] = (dtype, shape), self.start + first

    def read(self, name):
        dtype, shape = self.tensors[name]
        self.file.seek(self.places[name])
        return Lazy(dtype, shape, Array(fill_from(self.file, np.empty(shape, carrier(dtype)), name)))

    def close(self):
        self.file.close()


class SafetensorsWriter:
    def __init__(self, path, tensors):
        header, at = {}, 0
        # The format wants no gaps and the library sorts by alignment; any order is read back.
        for name, (dtype, shape) in tensors.items():
            if dtype not in SAFETENSORS_NAMES:
                raise Unreadable(f"{name}: safetensors cannot hold {dtype}")
            size = size_of(dtype, shape)
            header[name] = {"dtype": SAFETENSORS_NAMES[dtype], "shape": list(shape), "data_offsets": [at, at + size]}
            at += size
        text = json.dumps({"__metadata__": {"format": "pt"}, **header}, ensure_ascii=False).encode()
        text += b" " * (-len(text) % 8)
        self.file = open(path, "wb")
        self.file.write(len(text).to_bytes(8, "little") + text)

    def write(self, name, tensor):
        for _, _, chunk in tensor.chunks():
            self.file.write(chunk.reshape(-1).view(np.uint8))

    def close(self):
        self.file.close()


# ---- npz


class NpzReader:
    skipped = ()

    def __init__(self, path):
        try:
            self.archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise Unreadable(f"not an .npz file: {error}") from None
        self.tensors, self.fortran = {}, set()
        unique([(entry.filename, entry) for entry in self.archive.infolist()])
        for entry in self.archive.infolist():
            name = entry.filename.removesuffix(".npy")
            if name == entry.filename:
                raise Unreadable(f"{name}: no array")
            with self.archive.open(entry) as stream:
                shape, fortran, dtype = self.header(stream, name)
            if fortran:
                self.fortran.add(name)
            # numpy writes a bfloat16 of ml_dtypes as two bytes without a meaning.
            known = "bfloat16" if dtype == np.dtype("V2") else NAMES.get(dtype.newbyteorder("<"))
            if not known or dtype.byteorder == ">":
                raise Unreadable(f"{name}: arrays of dtype {dtype} cannot be carried")
            self.tensors[name] = known, shape

    @staticmethod
    def header(stream, name):
        try:
            version = np.lib.format.read_magic(stream)
            reader = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            return reader(stream)
        except ValueError as error:
            raise Unreadable(f"{name}: {error}") from None

    def read(self, name):
        dtype, shape = self.tensors[name]
        with self.archive.open(name + ".npy") as stream:
            self.header(stream, name)
            turned = name in self.fortran
            array = fill_from(stream, np.empty(shape[::-1] if turned else shape, carrier(dtype)), name)
        return Lazy(dtype, shape, Array(array.T if turned else array))

    def close(self):
        self.archive.close()


class NpzWriter:
    def __init__(self, path, tensors):
        for name, (dtype, _) in tensors.items():
            if dtype in ENCODED - {"bfloat16"}:
                raise Unreadable(f"{name}: .npz cannot hold {dtype}")
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)

    def write(self, name, tensor):
        descr = "|V2" if tensor.dtype == "bfloat16" else np.lib.format.dtype_to_descr(carrier(tensor.dtype))
        header = {"descr": descr, "fortran_order": False, "shape": tensor.shape}
        with self.archive.open(zipfile.ZipInfo(name + ".npy"), "w", force_zip64=True) as stream:
            np.lib.format.write_array_header_1_0(stream, header)
            for _, _, chunk in tensor.chunks():
                stream.write(chunk.reshape(-1).view(np.uint8))

    def close(self):
        self.archive.close()


# ---- Keras weights: HDF5 groups that follow the attributes of the model, a group `vars` in each, datasets 0, 1, ... in it


def is_state_of_training(name):
    """What a compiled model, or one within another, saves beside its weights: the optimizer's variables and the state of random generators."""
    parts = name.split("/")
    return parts[0] == "optimizer" or parts[-3:-1] == ["optimizer", "vars"] or "seed_generator" in parts


class KerasReader:
    def __init__(self, path):
        import h5py
        try:
            self.file = h5py.File(path, "r")
        except OSError as error:
            raise Unreadable(f"not an HDF5 file: {error}") from None
        self.tensors, self.skipped = {}, []
        self.walk(h5py, self.file, "")

    def walk(self, h5py, group, prefix):
        for key in group:
            name = prefix + key
            # A link can lead into other files, or in a circle.
            if not isinstance(group.get(key, getlink=True), h5py.HardLink):
                raise Unreadable(f"{name} is a link")
            if isinstance(group[key], h5py.Group):
                if name.count("/") > 500:
                    raise Unreadable(f"{name[:80]}...: groups in too many levels")
                self.walk(h5py, group[key], name + "/")
            else:
                self.add(name, group[key])

    def add(self, name, dataset):
        if dataset.external or dataset.is_virtual:
            raise Unreadable(f"{name}: its values lie in another file")
        dtype = NAMES.get(dataset.dtype.newbyteorder("<"))
        if dataset.dtype == np.dtype("V2") and dataset.attrs.get("dtype") == "bfloat16":
            dtype = "bfloat16"
        if not dtype or dataset.shape is None:
            raise Unreadable(f"{name}: datasets of dtype {dataset.dtype} cannot be carried")
        self.tensors[name] = dtype, dataset.shape
        if is_state_of_training(name):
            self.skipped.append(name)

    def read(self, name):
        dtype, shape = self.tensors[name]
        array = np.empty(shape, "V2" if dtype == "bfloat16" else carrier(dtype))
        if array.size:
            self.file[name].read_direct(array)
        return Lazy(dtype, shape, Array(array.view(carrier(dtype))))

    def close(self):
        self.file.close()


class KerasWriter:
    def __init__(self, path, tensors):
        for name, (dtype, _) in tensors.items():
            if dtype in ENCODED - {"bfloat16"}:
                raise Unreadable(f"{name}: Keras cannot hold {dtype}")
        import h5py
        self.file = h5py.File(path, "w")

    def write(self, name, tensor):
        encoded = tensor.dtype == "bfloat16"
        dataset = self.file.create_dataset(name, tensor.shape, "V2" if encoded else carrier(tensor.dtype))
        if encoded:
            dataset.attrs["dtype"] = "bfloat16"
        for start, stop, chunk in tensor.chunks():
            where = () if start is None else slice(start, stop)
            dataset[where] = chunk.view("V2") if encoded else chunk

    def close(self):
        self.file.close()


# ---- by extension


FORMATS = {".safetensors": (SafetensorsReader, SafetensorsWriter), ".npz": (NpzReader, NpzWriter), ".weights.h5": (KerasReader, KerasWriter),
           ".pt": (TorchReader, TorchWriter), ".pth": (TorchReader, TorchWriter)}


def format_of(path):
    """(extension, reader, writer); None where the extension is no checkpoint's."""
    for extension, pair in FORMATS.items():
        if str(path).lower().endswith(extension):
            return extension, *pair
    return None


@contextlib.contextmanager
def written(path):
    """A file of another name in the same folder, which takes the place of `path` when all went well and is removed otherwise."""
    folder, name = os.path.split(os.path.abspath(path))
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        yield temporary
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def total_size(tensors):
    return sum(size_of(dtype, shape) for dtype, shape in tensors.values())
