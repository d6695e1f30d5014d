_KIND = "small"
globals()["_KIND"] = "large"
