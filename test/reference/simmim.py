"""SimMIM (Xie et al. 2022), one step: mask tokens inside the encoder, one linear layer to pixels, L1 on the masked ones."""
import math

import torch

from common import Maker, encode, linear, positions, save


def settings(rows=3, columns=3, ratio=0.6):
    n = rows * columns
    return {
        'objective': 'simmim', 'batch': 2, 'rows': rows, 'columns': columns, 'patchLength': 12, 'pixelsPerPatch': 4, 'channels': 3,
        'width': 8, 'depth': 2, 'heads': 2, 'ratio': ratio, 'maskUnit': 1, 'masked': math.ceil(n * ratio), 'epsilon': 1e-5,
    }


def simmim_step(s):
    def step(w, inputs):
        patches, mask = inputs['patches'], inputs['mask']
        masked = mask.unsqueeze(-1)  # (B, n, 1)
        tokens = linear(w, 'patch_embed.proj', patches) * (1 - masked) + w['mask_token'] * masked
        encoded = encode(w, s, tokens + positions(s, s['width'], patches))
        prediction = linear(w, 'head_pixels', encoded[:, 1:])
        distances = (patches - prediction).abs()
        # The mask counts pixel positions, each of which has `channels` numbers.
        loss = (distances * masked).sum() / (mask.sum() * s['pixelsPerPatch'] + s['epsilon']) / s['channels']
        # Away from the kink of |x|, so that float32 takes the same side.
        assert (distances.detach() + 1 - masked).min() > 1e-3
        metrics = {'maskedError': loss, 'visibleError': (distances * (1 - masked)).sum() / (1 - masked).sum() / s['patchLength']}
        return loss, metrics, {'prediction': prediction}
    return step


def write(name, seed, **changes):
    s, make = settings(**changes), Maker(seed)
    n = s['rows'] * s['columns']
    order = make.orders(s['batch'], n)  # visible cells first, then masked
    mask = torch.zeros(s['batch'], n, dtype=torch.float64).scatter(1, order[:, n - s['masked']:], 1)
    inputs = {'patches': make.normal(s['batch'], n, s['patchLength']), 'order': order, 'mask': mask}
    weights = {**make.encoder(s), **make.norm('norm', s['width']), 'mask_token': make.normal(s['width'])}
    save(name, s, inputs, weights | make.linear('head_pixels', s['width'], s['patchLength']), simmim_step(s))


if __name__ == '__main__':
    write('simmim', 4)
    write('simmimWide', 5, rows=2, columns=4)
