# What Python 3.12 brought.
type Alias = int | None
type Generic[T] = list[T]
def first[T: int](items: list[T]) -> T:
    return items[0]
class Box[T](Base):
    pass
f"{x["key"]} {'a' + "b"}"
