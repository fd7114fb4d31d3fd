"""Writes small checkpoints into a folder for TorchCheckpointTests.cs: make_checkpoints.py FOLDER. Needs torch and numpy."""
import os
import sys

import torch

folder = sys.argv[1]
block = torch.arange(12, dtype=torch.float32).reshape(3, 4)
network = torch.nn.Sequential(torch.nn.Conv2d(2, 3, (1, 3)), torch.nn.BatchNorm2d(3))
optimiser = torch.optim.Adam(network.parameters())
sum(p.sum() for p in network.parameters()).backward()
optimiser.step()
value = {
    "epoch": 3,
    "seed": 2 ** 40,
    "rate": 0.1,
    "name": "tiny",
    "history": [1.0, (2, None, True)],
    "shape": block.shape,
    "views": {
        "transposed": block.T,
        "piece": block[1, 2:],
        "half": torch.tensor([1.5, -2]).half(),
        "bfloat": torch.tensor([1.5, -2]).bfloat16(),
        "double": torch.tensor([0.1], dtype=torch.float64),
        "bool": torch.tensor([False, True, False]),
        "bytes": torch.tensor([3, 200], dtype=torch.uint8),
        "scalar": torch.tensor(42),
        "parameter": torch.nn.Parameter(torch.tensor([0.25, 0.5])),
    },
    "model": {"state_dict": network.state_dict()},
    "optimiser": optimiser.state_dict(),
}


def save(name, value, **options):
    torch.save(value, os.path.join(folder, name), **options)


save("zip.pt", value)
save("legacy.pt", value, _use_new_zipfile_serialization=False)
save("protocol4.pt", value, pickle_protocol=4)
save("module.pt", network)
save("numpy.pt", {"eer": block.numpy().mean()})
save("expanded.pt", {"x": torch.ones(1).expand(1000, 1000)})
torch.jit.script(network).save(os.path.join(folder, "script.pt"))
