"""Print expressions.txt: each line of expressions.in and, behind a tab, what CPython says of it.

usage: python3 tests/python/record.py > tests/python/expressions.txt
"""
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def main():
    names = {"__name__": "prelude"}
    exec(compile((HERE / "prelude.py").read_text(), "prelude.py", "exec"), names)
    for line in (HERE / "expressions.in").read_text().splitlines():
        print(line, repr(eval(line, names)), sep="\t")


if __name__ == "__main__":
    main()
