"""What the hub's functions raise."""
from huggingface_hub.utils import (BadRequestError, DisabledRepoError, EntryNotFoundError, GatedRepoError, HFValidationError, HfHubHTTPError, LocalEntryNotFoundError,
                                   OfflineModeIsEnabled, RepositoryNotFoundError, RevisionNotFoundError)


class StrictDataclassError(Exception):
    pass


class StrictDataclassDefinitionError(StrictDataclassError):
    pass


class StrictDataclassFieldValidationError(StrictDataclassError):
    def __init__(self, field, cause):
        super().__init__("Validation error for field '" + field + "':\n    " + type(cause).__name__ + ": " + str(cause))


class StrictDataclassClassValidationError(StrictDataclassError):
    def __init__(self, validator, cause):
        super().__init__("Class validation error for validator '" + validator + "':\n    " + type(cause).__name__ + ": " + str(cause))
