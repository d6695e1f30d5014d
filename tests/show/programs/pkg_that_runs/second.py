Block = 32
