# A variational autoencoder: sampling with randn_like, two heads, decode of a reshaped code.
# entry: VAE(latent=4)
# input: f32[2,1,12,12]
import torch
from torch import nn
from torch.nn import functional as F


class VAE(nn.Module):
    def __init__(self, latent, hidden=None):
        super(VAE, self).__init__()
        modules, i = [], 1
        hidden = hidden or [4, 8]
        for h in hidden:
            modules.append(nn.Sequential(nn.Conv2d(i, out_channels=h, kernel_size=3, stride=2, padding=1), nn.LeakyReLU()))
            i = h
        self.encoder = nn.Sequential(*modules)
        self.fc_mu, self.fc_var = nn.Linear(hidden[-1] * 9, latent), nn.Linear(hidden[-1] * 9, latent)
        modules = []
        hidden.reverse()
        self.decoder_input = nn.Linear(latent, hidden[0] * 9)
        for k in range(len(hidden) - 1):
            modules.append(nn.ConvTranspose2d(hidden[k], hidden[k + 1], 3, stride=2, padding=1, output_padding=1))
        self.decoder = nn.Sequential(*modules)
        self.width = hidden[0]

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        return torch.randn_like(std) * std + mu

    def forward(self, x, **kwargs):
        code = torch.flatten(self.encoder(x), start_dim=1)
        mu, var = self.fc_mu(code), self.fc_var(code)
        z = self.reparameterize(mu, var)
        out = self.decoder(self.decoder_input(z).view(-1, self.width, 3, 3))
        kld = torch.mean(-0.5 * torch.sum(1 + var - mu ** 2 - var.exp(), dim=1), dim=0)
        return [out, x, mu, var, {"loss": F.mse_loss(out, out) + kld}]
