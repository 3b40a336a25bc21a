"""MP3 (Zhai et al. 2022) in its form for speech, one step: tokens on a line without positions, but for a few that are told theirs and
stay in the loss; no accuracy counts them."""
import torch
import torch.nn.functional as F

from common import Maker, encode, gather, linear, positions, save


def settings(given=2):
    return {
        'objective': 'mp3', 'batch': 3, 'axes': 1, 'rows': 1, 'columns': 8, 'patchLength': 12, 'width': 8, 'depth': 2, 'heads': 2,
        'given': given,
    }


def mp3_step(s):
    def step(w, inputs):
        patches, order, given = inputs['patches'], inputs['order'], s['given']
        content = gather(linear(w, 'patch_embed.proj', patches), order)
        told = positions(s, s['width'], patches)[order]  # (B, n, d)
        told[:, given:] = 0
        logits = linear(w, 'head_position', encode(w, s, content + told))[:, 1:]  # without the class token
        loss = F.cross_entropy(logits.transpose(1, 2), order)
        right = (logits.argmax(dim=-1) == order)[:, given:]
        return loss, {'accuracy': right.double().mean()}, {'logits': logits}
    return step


def write(name, seed, **changes):
    s, make = settings(**changes), Maker(seed)
    n, width = s['columns'], s['width']
    weights = {**make.encoder(s), **make.norm('norm', width), **make.linear('head_position', width, n)}
    inputs = {'patches': make.normal(s['batch'], n, s['patchLength']), 'order': make.orders(s['batch'], n)}
    save(name, s, inputs, weights, mp3_step(s))


if __name__ == '__main__':
    write('mp3Given', 21)
