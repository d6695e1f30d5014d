from torch.backends import cpu, cuda, cudnn, mkl, mkldnn, mps, opt_einsum, quantized, xnnpack
