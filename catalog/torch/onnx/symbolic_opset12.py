"""torch.onnx.symbolic_opset12: the exporter is not modelled."""
