# A network from a list of numbers and letters, from a module-level table.
# entry: vgg("B", batch_norm=True, num_classes=3)
# input: f32[1,3,32,32]
from typing import Dict, List, Union

import torch
import torch.nn as nn

cfgs: Dict[str, List[Union[str, int]]] = {
    "A": [8, "M", 16, "M"],
    "B": [8, 8, "M", 16, "M", "N"],
}
cfgs["C"] = cfgs["A"] + [32] * 2


def make_layers(cfg, batch_norm=False):
    layers: List[nn.Module] = []
    i = 3
    for v in cfg:
        if v == "M":
            layers += [nn.MaxPool2d(2, 2)]
        elif isinstance(v, str):
            layers.append(nn.Identity())
        else:
            conv = nn.Conv2d(i, v, 3, padding=1)
            layers += [conv, nn.BatchNorm2d(v), nn.ReLU(True)] if batch_norm else [conv, nn.ReLU(True)]
            i = v
    return nn.Sequential(*layers)


class VGG(nn.Module):
    def __init__(self, features, num_classes=10, init_weights=True):
        super(VGG, self).__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d((3, 3))
        self.classifier = nn.Sequential(nn.Linear(16 * 3 * 3, 20), nn.Dropout(), nn.Linear(20, num_classes))
        if init_weights:
            self._initialize_weights()

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))

    def _initialize_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")


def vgg(cfg, batch_norm, pretrained=False, progress=True, **kwargs):
    if pretrained:
        kwargs["init_weights"] = False
    model = VGG(make_layers(cfgs[cfg], batch_norm=batch_norm), **kwargs)
    if pretrained:
        model.load_state_dict(torch.hub.load_state_dict_from_url("https://nowhere.example/" + cfg, progress=progress))
    return model
