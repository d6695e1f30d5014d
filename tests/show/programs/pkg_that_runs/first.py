Block = 16
