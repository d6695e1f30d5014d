import _nw


def array(data, mask=False, **options):
    return _nw.unknown("a masked array")


masked_array = masked_where = array
