"""Dates: unknown."""
import _nw


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        self.days = days
        self.seconds = seconds


class date:
    def __init__(self, year, month, day):
        self.year = year
        self.month = month
        self.day = day

    @classmethod
    def today(cls):
        return _nw.outside("the date")


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self.year = year
        self.month = month
        self.day = day

    @classmethod
    def now(cls, tz=None):
        return _nw.outside("the time")

    @classmethod
    def utcnow(cls):
        return _nw.outside("the time")

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        return _nw.outside("a time")

    @classmethod
    def strptime(cls, date_string, format):
        return _nw.outside("a time")


class tzinfo:
    pass


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self.offset = offset
        self.name = name


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self.hour = hour
        self.minute = minute
        self.second = second
