"""six.moves: what has other names in Python 2."""
from __future__ import annotations

import builtins
import functools
import io
import itertools
import pickle as cPickle
import queue

range = builtins.range
xrange = builtins.range
zip = builtins.zip
map = builtins.map
filter = builtins.filter
input = builtins.input
reduce = functools.reduce
zip_longest = itertools.zip_longest
filterfalse = itertools.filterfalse
StringIO = io.StringIO
