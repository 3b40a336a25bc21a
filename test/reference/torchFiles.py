"""Files that PyTorch saves, and tables of positions on other grids, as PyTorch makes them: see README.md."""
import argparse
import json
import os
import sys
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

HERE = Path(__file__).parent / 'torchFiles'
WIDTH, PATCH, SIDE = 64, 7, 4


def numbers(*shape, seed=0):
    return torch.tensor(np.round(np.random.default_rng(seed).normal(0, 0.1, shape), 4), dtype=torch.float32)


def wide(*shape, seed):
    """Whose numbers differ along its first axis only, so that the file is small: it lies with strides of 0."""
    return numbers(shape[0], *[1] * (len(shape) - 1), seed=seed).expand(*shape)


def hugging_face(prefix='vit.'):
    """One block of a ViT for classification, as Hugging Face's library names it (before version 5)."""
    w = OrderedDict()
    w[f'{prefix}embeddings.cls_token'] = numbers(1, 1, WIDTH, seed=1)
    w[f'{prefix}embeddings.position_embeddings'] = numbers(1, SIDE * SIDE + 1, WIDTH, seed=2)
    w[f'{prefix}embeddings.patch_embeddings.projection.weight'] = wide(WIDTH, 3, PATCH, PATCH, seed=3)
    w[f'{prefix}embeddings.patch_embeddings.projection.bias'] = numbers(WIDTH, seed=4)
    block = f'{prefix}encoder.layer.0.'
    for i, part in enumerate(('query', 'key', 'value')):
        w[f'{block}attention.attention.{part}.weight'] = wide(WIDTH, WIDTH, seed=5 + i)
        w[f'{block}attention.attention.{part}.bias'] = numbers(WIDTH, seed=8 + i)
    w[f'{block}attention.output.dense.weight'] = wide(WIDTH, WIDTH, seed=11)
    w[f'{block}attention.output.dense.bias'] = numbers(WIDTH, seed=12)
    w[f'{block}intermediate.dense.weight'] = wide(4 * WIDTH, WIDTH, seed=13)
    w[f'{block}intermediate.dense.bias'] = numbers(4 * WIDTH, seed=14)
    w[f'{block}output.dense.weight'] = wide(WIDTH, 4 * WIDTH, seed=15)
    w[f'{block}output.dense.bias'] = numbers(WIDTH, seed=16)
    for i, name in enumerate(('layernorm_before', 'layernorm_after')):
        w[f'{block}{name}.weight'] = 1 + numbers(WIDTH, seed=17 + i)
        w[f'{block}{name}.bias'] = numbers(WIDTH, seed=19 + i)
    w[f'{prefix}layernorm.weight'] = 1 + numbers(WIDTH, seed=21)
    w[f'{prefix}layernorm.bias'] = numbers(WIDTH, seed=22)
    w['classifier.weight'] = numbers(3, WIDTH, seed=23)
    w['classifier.bias'] = numbers(3, seed=24)
    return w


class Evil:
    def __reduce__(self):
        return os.system, ('touch pickle-was-run',)


def entry(tensor):
    return {'shape': list(tensor.shape), 'data': [float(f'{v:.9g}') for v in tensor.double().flatten().tolist()]}


def kinds():
    """One small tensor of every kind of numbers, and of every way to lie in memory."""
    whole = numbers(4, 6, seed=30)
    tied = whole[1:3]
    return OrderedDict(
        whole=whole, turned=whole.t(), stepped=whole[:, ::2], tied=tied, alone=whole[2, 3], empty=torch.empty(0, 5), half=whole.half(),
        brain=whole.bfloat16(), double=whole.double(), parameter=torch.nn.Parameter(whole), count=torch.tensor(7),
    )


def tables():
    """Positions for other grids: bicubic, averaging where it shrinks (timm), and relative tables by bilinear interpolation."""
    found = {}
    for side, to in ((4, (7, 7)), (7, (4, 4)), (6, (4, 9)), (3, (3, 3))):
        grid = numbers(1, side, side, 5, seed=40 + side)
        x = grid.permute(0, 3, 1, 2)
        shrink_rows, shrink_columns = side > to[0], side > to[1]
        # One direction at a time, as each shrinks or grows by itself.
        x = F.interpolate(x, (to[0], side), mode='bicubic', align_corners=False, antialias=shrink_rows)
        x = F.interpolate(x, to, mode='bicubic', align_corners=False, antialias=shrink_columns)
        found[f'cubic {side} {to[0]} {to[1]}'] = {'from': entry(grid[0]), 'to': entry(x[0].permute(1, 2, 0))}
    table = numbers(1, 7, 7, 2, seed=50)
    y = F.interpolate(table.permute(0, 3, 1, 2), (5, 11), mode='bilinear', align_corners=False)
    found['linear 7 5 11'] = {'from': entry(table[0]), 'to': entry(y[0].permute(1, 2, 0))}
    return found


if __name__ == '__main__':
    HERE.mkdir(exist_ok=True)
    torch.save({'epoch': 3, 'args': argparse.Namespace(rate=1e-3, names=['a']), 'model': hugging_face(), 'loss': np.float64(0.5)}, HERE / 'vit.pth')
    torch.save(kinds(), HERE / 'kinds.pt')
    torch.save({'model': {'weight': numbers(2, 2), 'evil': Evil()}}, HERE / 'evil.pth')
    torch.save({'weight': numbers(2, 2)}, HERE / 'old.pth', _use_new_zipfile_serialization=False)
    values = {
        'vit': {k: {'shape': list(v.shape), 'first': entry(v.flatten()[:4])['data'], 'sum': v.double().sum().item()} for k, v in hugging_face().items()},
        'kinds': {k: entry(v) for k, v in kinds().items() if v.is_floating_point()},
        'tables': tables(),
    }
    (HERE / 'torchFiles.json').write_text(json.dumps(values) + '\n')
    print('torchFiles written')
