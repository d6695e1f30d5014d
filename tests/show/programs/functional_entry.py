# A module's variable as the entry, built at import.
# entry: model
# input: f32[2,4]
import torch.nn as nn

torch_seed = 3
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU())
model.add_module("head", nn.Linear(8, torch_seed))
for p in model[0].parameters():
    p.requires_grad_(False)

if __name__ == "__main__":
    model.append(nn.Linear(3, 100))
