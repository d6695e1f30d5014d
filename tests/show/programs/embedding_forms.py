# Embedding, EmbeddingBag, from_pretrained, padding index, F.embedding and F.one_hot with its number of classes.
# entry: Net()
# input: i64[2,5]{0..6}
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Embedding(7, 4, padding_idx=0)
        self.b = nn.Embedding.from_pretrained(torch.randn(7, 3), freeze=True)
        self.c = nn.EmbeddingBag(7, 6, mode="sum")
        self.pos = nn.Embedding(num_embeddings=5, embedding_dim=4)

    def forward(self, ids):
        positions = torch.arange(ids.size(1), device=ids.device).unsqueeze(0).expand_as(ids)
        return (
            self.a(ids) + self.pos(positions), self.b(ids[:, 0]), self.c(ids), F.embedding(ids, self.a.weight),
            F.one_hot(ids, num_classes=9), F.one_hot(ids, 7).float() @ self.b.weight,
        )
