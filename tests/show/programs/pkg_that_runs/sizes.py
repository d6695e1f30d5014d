SIZE = [8]
