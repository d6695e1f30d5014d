"""Paths as text; what is on the disk outside of the packages is unknown."""
import _nw

sep = "/"
# Whose program it is has put nothing there: caches and settings are looked for and not found.
_HOME = "/home/user"


def _is_at_home(path):
    return str(path).startswith(_HOME + "/")


def join(a, *p):
    result = str(a)
    for part in p:
        part = str(part)
        if not (_nw.known(result) and _nw.known(part)):
            return _nw.outside("a path")
        if part.startswith("/"):
            result = part
        elif result == "" or result.endswith("/"):
            result = result + part
        else:
            result = result + "/" + part
    return result


def split(p):
    p = str(p)
    i = p.rfind("/") + 1
    head = p[:i]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, p[i:]


def dirname(p):
    return split(p)[0]


def basename(p):
    return split(p)[1]


def splitext(p):
    p = str(p)
    name = basename(p)
    i = name.rfind(".")
    if i <= 0 or name[:i] == "." * i:
        return p, ""
    cut = len(p) - len(name) + i
    return p[:cut], p[cut:]


def isabs(s):
    return str(s).startswith("/")


def normpath(path):
    path = str(path)
    lead = "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part == "" or part == ".":
            continue
        if part != ".." or (not lead and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return (lead + "/".join(parts)) or "."


def abspath(path):
    return normpath(path) if isabs(path) else _nw.outside("the working directory")


def realpath(filename, *, strict=False):
    return abspath(filename)


def commonprefix(m):
    shortest = min(m)
    longest = max(m)
    for i in range(len(shortest)):
        if shortest[i] != longest[i]:
            return shortest[:i]
    return shortest


def relpath(path, start=None):
    return _nw.outside("the working directory")


def expanduser(path):
    path = str(path)
    if path == "~" or path.startswith("~/"):
        return _HOME + path[1:]
    return _nw.outside("a home directory") if path.startswith("~") else path


def expandvars(path):
    return _nw.outside("an environment variable") if "$" in str(path) else path


def exists(path):
    return False if _is_at_home(path) else _nw.disk_kind(str(path)) != ""


def isfile(path):
    return False if _is_at_home(path) else _nw.disk_kind(str(path)) == "file"


def isdir(s):
    return False if _is_at_home(s) else _nw.disk_kind(str(s)) == "folder"


def islink(path):
    return False if _is_at_home(path) else _nw.outside("whether a link exists")


def getsize(filename):
    return _nw.outside("the size of a file")


def getmtime(filename):
    return _nw.outside("the time of a file")
