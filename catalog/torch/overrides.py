def has_torch_function(relevant_args) -> bool:
    return False


def has_torch_function_unary(*args) -> bool:
    return False


def has_torch_function_variadic(*args) -> bool:
    return False


def handle_torch_function(public_api, relevant_args, *args, **kwargs):
    return public_api(*args, **kwargs)


def is_tensor_like(inp) -> bool:
    import _nw
    return _nw.is_tensor(inp)
