from torch.utils import checkpoint, data, model_zoo
