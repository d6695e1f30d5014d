engine = "fbgemm"
supported_engines = ["fbgemm", "none"]
