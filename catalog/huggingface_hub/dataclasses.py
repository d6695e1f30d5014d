"""Data classes that check their fields whenever these are set. Of the types of items in containers nothing is checked."""
import _nw
from dataclasses import MISSING, field, fields, make_dataclass
from functools import wraps

from huggingface_hub.errors import StrictDataclassClassValidationError, StrictDataclassDefinitionError, StrictDataclassFieldValidationError
from typing import Any, Literal, Union

Validator_T = Any


def _fits(value, expected):
    """Whether a value is of a type; true where that cannot be told."""
    if not _nw.known(expected) or not _nw.known(value):
        return True
    if isinstance(expected, tuple):
        return any([_fits(value, part) for part in expected])
    if expected is None:
        return value is None
    if getattr(expected, "__origin__", expected) is Union:
        return any([_fits(value, part) for part in expected.__args__])
    if getattr(expected, "__origin__", expected) is Literal:
        return any([value == part and isinstance(value, bool) == isinstance(part, bool) for part in expected.__args__])
    if not isinstance(expected, type):
        return True
    if expected is int and isinstance(value, bool):
        return _nw.unknown("whether this version takes a truth value for an integer")
    return isinstance(value, expected)


def type_validator(name, value, expected_type):
    if not _fits(value, expected_type):
        raise TypeError("Field " + repr(name) + " expected " + repr(expected_type) + ", got " + type(value).__name__)


def _type_validator_of(item):
    return lambda value: type_validator(item.name, value, item.type)


def _validators(cls):
    found = {}
    for item in fields(cls):
        own = item.metadata.get("validator")
        found[item.name] = [_type_validator_of(item)] + ([] if own is None else own if isinstance(own, list) else [own])
    return found


def _check_when_set(cls):
    set_plainly = cls.__setattr__

    def __strict_setattr__(self, name, value):
        for validator in self.__validators__.get(name, []):
            try:
                validator(value)
            except (ValueError, TypeError) as error:
                raise StrictDataclassFieldValidationError(field=name, cause=error) from error
        set_plainly(self, name, value)

    cls.__setattr__ = __strict_setattr__


def _take_any_keyword(cls):
    initialise = cls.__init__

    @wraps(initialise)
    def __init__(self, *args, **kwargs):
        if args:
            raise ValueError("When `accept_kwargs=True`, " + cls.__name__ + " accepts only keyword arguments, but found positional ones.")
        names = []
        for item in fields(cls):
            names.append(item.name)
            if item.name in kwargs:
                setattr(self, item.name, kwargs[item.name])
            elif item.default is not MISSING:
                setattr(self, item.name, item.default)
            elif item.default_factory is not MISSING:
                setattr(self, item.name, item.default_factory())
            else:
                raise TypeError("Missing required field - " + repr(item.name))
        self.__post_init__(**{name: kwargs[name] for name in kwargs if name not in names})

    cls.__init__ = __init__
    if not hasattr(cls, "__post_init__"):
        def __post_init__(self, **kwargs):
            for name in kwargs:
                setattr(self, name, kwargs[name])

        cls.__post_init__ = __post_init__


def _check_whole(cls):
    cls.__class_validators__ = [getattr(cls, name) for name in dir(cls) if name.startswith("validate_") and callable(getattr(cls, name))]

    def validate(self):
        for validator in cls.__class_validators__:
            try:
                validator(self)
            except (ValueError, TypeError) as error:
                raise StrictDataclassClassValidationError(validator=validator.__name__, cause=error) from error

    validate.__is_defined_by_strict_decorator__ = True
    if hasattr(cls, "validate") and not getattr(cls.validate, "__is_defined_by_strict_decorator__", False):
        raise StrictDataclassDefinitionError("Class " + repr(cls.__name__) + " already implements a method called 'validate'.")
    cls.validate = validate
    initialise = cls.__init__

    @wraps(initialise)
    def init_with_validate(self, *args, **kwargs):
        initialise(self, *args, **kwargs)
        cls.validate(self)

    cls.__init__ = init_with_validate


def strict(cls=None, *, accept_kwargs=False):
    if cls is None:
        return lambda decorated: strict(decorated, accept_kwargs=accept_kwargs)
    version = _nw.installed_version("huggingface_hub")
    if not _nw.known(version) or (version is not None and version.startswith("0.")):
        return _nw.unknown("what huggingface_hub before 1.0 checks")
    if not hasattr(cls, "__dataclass_fields__"):
        raise StrictDataclassDefinitionError("Class " + repr(cls.__name__) + " must be a dataclass before applying @strict.")
    cls.__validators__ = _validators(cls)
    _check_when_set(cls)
    if accept_kwargs:
        _take_any_keyword(cls)
    _check_whole(cls)
    return cls


def validate_typed_dict(schema, data):
    for name in data:
        if name in schema.__annotations__:
            type_validator(name, data[name], schema.__annotations__[name])


def validated_field(validator, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, **kwargs):
    known = {} if metadata is None else metadata
    known["validator"] = validator if isinstance(validator, list) else [validator]
    return field(default=default, default_factory=default_factory, init=init, repr=repr, hash=hash, compare=compare, metadata=known, **kwargs)


def as_validated_field(validator):
    def _inner(default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, **kwargs):
        return validated_field(validator, default=default, default_factory=default_factory, init=init, repr=repr, hash=hash, compare=compare, metadata=metadata, **kwargs)

    return _inner
