from _nw import copy, deepcopy


class Error(Exception):
    pass
