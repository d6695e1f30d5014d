"""One bar for what takes long, on standard error."""

import sys
import time

WIDTH = 30
PAUSE = 0.1  # seconds between two drawings


def over(items, total, unit, shown):
    """The same items; where it is shown, a bar tells how many of `total` there have been."""
    if not shown or total < 2:
        yield from items
        return
    drawn = 0.0
    try:
        for done, item in enumerate(items, 1):
            if done in (1, total) or time.monotonic() - drawn > PAUSE:
                drawn, full = time.monotonic(), WIDTH * done // total
                print(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {done}/{total} {unit}", end="", file=sys.stderr, flush=True)
            yield item
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
