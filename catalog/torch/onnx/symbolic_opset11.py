"""torch.onnx.symbolic_opset11: the exporter is not modelled."""
