"""torch.onnx.symbolic_opset9: the exporter is not modelled."""
