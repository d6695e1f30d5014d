from collections import deque


class Empty(Exception):
    pass


class Full(Exception):
    pass


class Queue:
    def __init__(self, maxsize=0):
        self.queue = deque()

    def put(self, item, block=True, timeout=None):
        self.queue.append(item)

    def get(self, block=True, timeout=None):
        return self.queue.popleft()

    def empty(self):
        return len(self.queue) == 0

    def qsize(self):
        return len(self.queue)


SimpleQueue = Queue


class LifoQueue(Queue):
    def get(self, block=True, timeout=None):
        return self.queue.pop()


class PriorityQueue(Queue):
    def get(self, block=True, timeout=None):
        first = min(self.queue)
        self.queue.remove(first)
        return first
