"""One bar for what takes long, on standard error."""

import sys


def over(items, total, unit, shown):
    """The same items; where it is shown and tqdm is there, a bar tells how many of `total` there have been."""
    if not shown or total < 2:
        return items
    try:
        import tqdm
    except ImportError:
        return items
    return tqdm.tqdm(items, total=total, unit=f" {unit}", leave=False, file=sys.stderr)
