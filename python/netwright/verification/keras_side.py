"""Runs one Keras model in a child: weights, outputs, what each layer gave. One precision a child: Keras fixes it when layers are made."""

import inspect
import os
import zlib

import numpy as np

from . import entry
from .notes import Note, Refused, words_of

SAMPLE = 256


def fresh_value(path, value):
    """Values that keep numbers in range and make every part of a network count, from the variable's path."""
    random = np.random.default_rng([zlib.crc32(path.encode()), 5])
    leaf, shape = path.rsplit("/", 1)[-1], value.shape
    if leaf in ("moving_variance", "variance"):
        return random.uniform(0.5, 1.5, shape)
    if leaf in ("moving_mean", "mean"):
        return random.normal(0, 0.2, shape)
    if leaf == "embeddings":
        return random.standard_normal(shape)
    if len(shape) >= 2:
        return random.standard_normal(shape) / np.sqrt(max(value.size // shape[-1], 1)) * 1.2
    return random.normal(0, 0.25, shape) + (1.0 if value.size and value.mean() > 0.5 else 0.0)


class Watch:
    """Layers by the paths under which Keras saves them, and what each call gave."""

    def __init__(self, keras, model):
        self.keras, self.steps, self.values, self.size, self.counts = keras, [], [], 0, {}
        self.folder = os.path.dirname(keras.__file__)
        self.paths = {}
        self.walk(model, "", [])

    def walk(self, item, path, above):
        from keras.src.saving.keras_saveable import KerasSaveable
        from keras.src.saving.saving_lib import _walk_saveable

        if id(item) in above or len(self.paths) > 100000:
            return
        self.paths.setdefault(id(item), []).append(path)
        for name, child in _walk_saveable(item):
            inner = f"{path}/{name}" if path else name
            if isinstance(child, KerasSaveable):
                self.walk(child, inner, [*above, id(item)])
            elif isinstance(child, (list, tuple, dict)):
                self.walk_container(child, inner, [*above, id(item)])

    def walk_container(self, container, path, above):
        from keras.src.saving.keras_saveable import KerasSaveable
        from keras.src.utils import naming

        used = {}
        for child in container.values() if isinstance(container, dict) else container:
            if isinstance(child, KerasSaveable):
                name = naming.to_snake_case(type(child).__name__)
                count = used[name] = used.get(name, -1) + 1
                self.walk(child, f"{path}/{name}_{count}" if count else f"{path}/{name}", above)

    def keep(self, result):
        parts = []
        for _, value in entry.flatten(result, self.keras.ops.is_tensor):
            flat = np.asarray(self.keras.ops.convert_to_numpy(value)).reshape(-1).astype("float64")
            if flat.size:
                moments = [flat.sum(), np.abs(flat).sum(), (flat * flat).sum(), flat.max(), flat.min()]
                parts.append(np.concatenate([[flat.size, np.abs(flat).max()], moments, flat[:: -(-flat.size // SAMPLE)]]))
        self.values.append(np.concatenate(parts) if parts else np.zeros(0))
        self.size += len(self.values[-1])
        return [self.size - len(self.values[-1]), self.size]

    def definition(self, layer):
        """(file, line) of the class of a layer, None for those of Keras."""
        try:
            file = inspect.getsourcefile(type(layer))
            if file and not file.startswith(self.folder):
                return [file, inspect.getsourcelines(type(layer))[1]]
        except (OSError, TypeError):
            pass
        return None

    def __enter__(self):
        plain = self.plain = self.keras.layers.Layer.__call__

        def call(layer, *args, **kwargs):
            result = plain(layer, *args, **kwargs)
            paths = self.paths.get(id(layer))
            if paths:
                count = self.counts[id(layer)] = self.counts.get(id(layer), -1) + 1
                try:
                    outputs = self.keep(result)
                except Exception:  # symbolic values inside a traced function
                    return result
                line = entry.calling_line([self.folder, os.path.dirname(np.__file__)])
                step = {"paths": paths, "call": count, "class": type(layer).__name__, "line": line, "outputs": outputs}
                self.steps.append({**step, "defined": self.definition(layer)})
            return result

        self.keras.layers.Layer.__call__ = call
        return self

    def __exit__(self, *_):
        self.keras.layers.Layer.__call__ = self.plain


def tensorflow_gradients(side, values, variables, inputs):
    import tensorflow

    with tensorflow.GradientTape() as tape:
        for value in inputs:
            tape.watch(value)
        loss = side.loss(values)
    gradients = tape.gradient(loss, [*variables, *inputs], unconnected_gradients=tensorflow.UnconnectedGradients.ZERO)
    return [np.asarray(tensorflow.convert_to_tensor(value)) for value in gradients]


def torch_gradients(side, values, variables, inputs):
    import torch

    for value in inputs:
        value.requires_grad_(True)
    gradients = torch.autograd.grad(side.loss(values), [*variables, *inputs], allow_unused=True)
    return [
        (torch.zeros_like(value) if gradient is None else gradient).detach().cpu().numpy()
        for gradient, value in zip(gradients, [*variables, *inputs])
    ]


GRADIENTS = {"tensorflow": tensorflow_gradients, "torch": torch_gradients}


class Side:
    def __init__(self, keras, model, job, note):
        self.keras, self.model, self.job, self.note = keras, model, job, note
        self.limited = set()

    def inputs(self):
        values = []
        for number, spec in enumerate(self.job["inputs"]):
            value = entry.make_array(spec, number)
            if isinstance(value, np.ndarray):
                if self.job.get("permutes") and self.job["permutes"][number]:
                    value = np.ascontiguousarray(value.transpose(self.job["permutes"][number]))
                if value.dtype == "float32":
                    value = value.astype(self.job["floatx"])
                value = self.keras.ops.convert_to_tensor(value, "bfloat16" if spec["dtype"] == "bfloat16" else None)
            values.append(value)
        return values, [spec["name"] for spec in self.job["inputs"]]

    def call(self, values=None):
        made, names = self.inputs()
        values = made if values is None else values
        structure = getattr(self.model, "_inputs_struct", None)
        if structure is not None:  # functional, or a Sequential that is built
            if isinstance(structure, dict):
                given = {key: dict(zip(names, values)).get(key, value) for key, value in zip(structure, values)}
            elif isinstance(structure, (list, tuple)):
                order = [tensor.name for tensor in structure]
                given = [dict(zip(names, values))[name] for name in order] if set(order) == set(names) else values
            else:
                given = values[0]
            return self.model(given, training=False)
        first = None
        accepts = "training" in inspect.signature(self.model.call).parameters
        for args, kwargs in entry.ways_to_call(inspect.signature(self.model.call), names, values):
            try:
                return self.model(*args, **kwargs, **({"training": False} if accepts else {}))
            except Exception as error:
                first = first or error
        raise first

    def weights(self):
        job = self.job
        if job["side"] == "before":
            for variable in {id(variable): variable for variable in self.model.weights}.values():
                value = self.keras.ops.convert_to_numpy(variable)
                if value.dtype.kind == "f" and (variable.trainable or value.size and (np.all(value == 0) or np.all(value == 1))):
                    variable.assign(fresh_value(variable.path, value).astype("float32"))
            if self.model.weights:
                self.keras.saving.save_weights(self.model, job["checkpoint"])
        elif self.model.weights:
            try:
                self.keras.saving.load_weights(self.model, job["checkpoint"])
            except Exception as error:
                raise Refused(f"the converted weights do not load: {str(error).strip().splitlines()[0]}", "state") from None
        self.note.content["tensors"] = len(self.model.weights)
        self.note.content["parameters"] = int(sum(np.prod(variable.shape) for variable in self.model.weights))

    def gradients(self, label):
        """Gradients of the weights, under the names under which Keras saves them, and of the inputs."""
        found = GRADIENTS.get(self.keras.backend.backend())
        if not found:
            self.note.content["not_run"] = f"gradients are not compared on the backend {self.keras.backend.backend()}"
            return
        values, _ = self.inputs()
        numbers = [number for number, value in enumerate(values) if self.keras.ops.is_tensor(value) and "float" in str(value.dtype)]
        variables = self.model.trainable_variables
        gradients = found(self, values, [variable.value for variable in variables], [values[number] for number in numbers])
        weights = self.by_saved_names(variables, gradients[: len(variables)])
        inputs = {f"input {number}": value for number, value in zip(numbers, gradients[len(variables) :])}
        for number, value in enumerate({**weights, **inputs}.values()):
            self.note.arrays[f"{label}-gradients/{number}"] = value
        self.note.content["arrays_of"][f"{label}-gradients"] = [*weights, *inputs]

    def try_gradients(self, label):
        """What fails here is written down, and not the end."""
        try:
            self.gradients(label)
        except Exception as error:
            self.note.content.setdefault("failed", {})[f"{label}-gradients"] = f"{type(error).__name__}: {words_of(error)}"[:300]

    def loss(self, values):
        """A random projection of all floating outputs."""
        ops, total = self.keras.ops, 0.0
        for number, (_, value) in enumerate(entry.flatten(self.call(values), ops.is_tensor)):
            if "float" in str(value.dtype) and np.prod(value.shape):
                random = entry.projection_of(number, tuple(value.shape), self.job.get("output_permutes"))
                finite = ops.where(ops.isfinite(value), value, ops.zeros_like(value))
                total = total + ops.sum(finite * ops.convert_to_tensor(random, value.dtype))
        return total

    def by_saved_names(self, variables, gradients):
        """{name: gradient}; a variable that is saved under several names counts under the first."""
        numbers = self.saved(variables, [np.full(variable.shape, number + 1) for number, variable in enumerate(variables)])
        found = self.saved(variables, gradients)
        first = {}
        for name, value in numbers.items():
            if value.size:
                first.setdefault(value.flat[0], name)
        return {name: found[name] for name in first.values() if name in found}

    def saved(self, variables, values):
        """{name: value} as Keras saves the variables with these values; what is none of them is left out."""
        from ..checkpoints import KerasReader

        if not variables:
            return {}
        plain = [(variable, np.array(self.keras.ops.convert_to_numpy(variable))) for variable in self.model.weights]
        path = self.job["arrays"] + ".weights.h5"
        try:
            for variable, value in plain:
                if value.dtype.kind == "f":
                    variable.assign(np.full_like(value, np.inf))
            for variable, value in zip(variables, values):
                variable.assign(value)
            self.keras.saving.save_weights(self.model, path)
            reader = KerasReader(path)
            found = {name: np.array(reader.read(name).values.rows(None, None)) for name in reader.tensors}
            reader.close()
        finally:
            for variable, value in plain:
                variable.assign(value)
        return {name: value for name, value in found.items() if value.dtype.kind == "f" and not np.isinf(value).all()}

    def watch_limits(self):
        """Operations that TensorFlow computes in fp32 whatever it is given."""
        backend = self.keras.backend.backend()
        if backend != "tensorflow":
            self.limited.add(f"fp32 inside Keras on {backend}")
        image = self.keras.src.backend.image
        plain = image.resize

        def resize(*args, **kwargs):
            self.limited.add("resize")
            return plain(*args, **kwargs)

        image.resize = resize


def widen(keras):
    """For a run in fp64: what the program casts to fp32, or makes in it, is fp64."""
    def wide(function, place):
        def call(*args, **kwargs):
            if kwargs.get("dtype") == "float32":
                kwargs["dtype"] = "float64"
            elif len(args) > place and isinstance(args[place], str) and args[place] == "float32":
                args = (*args[:place], "float64", *args[place + 1 :])
            return function(*args, **kwargs)

        return call

    for name, function in list(vars(keras.ops).items()):
        if inspect.isfunction(function) and "dtype" in inspect.signature(function).parameters:
            setattr(keras.ops, name, wide(function, list(inspect.signature(function).parameters).index("dtype")))


def without_compiler(keras):
    """For a run in fp64 on TensorFlow: grouped convolutions one by one. Keras has each call of one compiled anew on a CPU, and in fp64 the
    compiled ones take minutes for a model that else takes seconds."""
    nn, ops = keras.src.backend.nn, keras.ops
    plain = nn.conv

    def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
        axis = -1 if keras.src.backend.standardize_data_format(data_format) == "channels_last" else 1
        channels, depth = inputs.shape[axis], kernel.shape[-2]
        strides, dilation_rate = [value if isinstance(value, int) else tuple(value) for value in (strides, dilation_rate)]
        how = {"strides": strides, "padding": padding, "data_format": data_format, "dilation_rate": dilation_rate}
        if channels == depth:
            return plain(inputs, kernel, **how)
        is_even = isinstance(strides, int) or len(set(strides)) == 1
        if depth == 1 and len(inputs.shape) == 4 and is_even:
            return nn.depthwise_conv(inputs, ops.reshape(kernel, (*kernel.shape[:2], channels, -1)), **how)
        parts = zip(ops.split(inputs, channels // depth, axis), ops.split(kernel, channels // depth, -1))
        return ops.concatenate([plain(*part, **how) for part in parts], axis)

    nn.conv = conv


def run(job):
    note = Note(job["note"])
    try:
        import keras

        keras.config.set_floatx(job["floatx"])
        if job["floatx"] == "float64":
            widen(keras)
            if keras.backend.backend() == "tensorflow":
                without_compiler(keras)
        entry.prepare_imports(job["roots"], job["replaced"])
        note.stage("import and build")
        keras.utils.set_random_seed(0)
        side = Side(keras, entry.build(job["entry"], job["module"]), job, note)
        side.watch_limits()
        note.stage("first call")
        side.call()
        note.stage("weights")
        side.weights()
        label = "fp64" if job["floatx"] == "float64" else "fp32"
        note.stage(f"eval {label}")
        with Watch(keras, side.model) as watch:
            result = entry.flatten(side.call(), keras.ops.is_tensor)
        for number, (_, value) in enumerate(result):
            value = keras.ops.cast(value, "float32") if "bfloat16" in str(value.dtype) else value
            note.arrays[f"{label}/{number}"] = np.asarray(keras.ops.convert_to_numpy(value))
        note.content["arrays_of"] = {label: [name for name, _ in result]}
        note.content["traces"] = {label: watch.steps}
        if job.get("gradients_in_evaluation"):
            note.stage(f"gradients {label}")
            side.try_gradients(label)
        note.content["limited"] = sorted(side.limited)
        note.arrays[f"{label}-trace"] = np.concatenate(watch.values) if watch.values else np.zeros(0)
    except Exception as error:
        note.fail(error)
        return
    note.finish(job["arrays"])
