"""MAE (He et al. 2022), one step: kept patches through the encoder, light decoder, error on the removed patches."""
import math

import numpy as np
import torch
import torch.nn.functional as F

from common import Maker, block, embed, encode, gather, linear, norm, positions, save

NORM_PIX_EPSILON = 1e-6
TRAINING = 60  # patches that tables are learned from
ROUNDS = 10


def settings(rows=3, columns=3, ratio=0.6, decoder_width=8, decoder_heads=2, norm_pix=True, patch_length=12, target='pixels', outputs=None, **more):
    n = rows * columns
    return {
        'objective': 'mae', 'batch': 2, 'rows': rows, 'columns': columns, 'patchLength': patch_length, 'width': 8, 'depth': 2, 'heads': 2,
        'ratio': ratio, 'kept': math.floor(n * (1 - ratio)),
        'decoderDepth': 1, 'decoderWidth': decoder_width, 'decoderHeads': decoder_heads, 'normPix': norm_pix, **more,
        **({} if target == 'pixels' else {'target': target, 'outputs': outputs}),
    }


def mae_weights(make, s):
    width, decoder_width = s['width'], s['decoderWidth']
    weights = {**make.encoder(s), **make.norm('norm', width)}
    weights |= make.linear('decoder_embed', width, decoder_width)
    weights |= {'encoder_mask_token': make.normal(width)} if s.get('encoderSees') == 'all' else {'mask_token': make.normal(decoder_width)}
    for i in range(s['decoderDepth']):
        weights |= make.block(f'decoder_blocks.{i}', decoder_width)
    return weights | make.norm('decoder_norm', decoder_width) | make.linear('decoder_pred', decoder_width, s.get('outputs', s['patchLength']))


def mae_inputs(make, s):
    n = s['rows'] * s['columns']
    inputs = {'patches': make.normal(s['batch'], n, s['patchLength']), 'order': make.orders(s['batch'], n)}
    if 'target' in s:
        inputs['training'] = make.normal(TRAINING, s['patchLength']) * torch.linspace(2, 0.3, s['patchLength']).round(decimals=1)
    return inputs


def principal(s, training):
    """Mean patch and unit vectors of the largest variance, each with its largest entry positive: by singular values, not eigenvalues."""
    mean = training.mean(dim=0)
    _, _, vectors = torch.linalg.svd(training - mean)
    vectors = vectors[:s['outputs']]
    return mean, vectors * torch.sign(gather(vectors.unsqueeze(-1), vectors.abs().argmax(dim=1, keepdim=True))[:, 0])


def code_book(s, training):
    """Lloyd's rounds from the first patches: centres, and how many patches are nearest to each."""
    rows = training.numpy()
    centres = rows[:s['outputs']].copy()
    for _ in range(ROUNDS):
        nearest = ((rows[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
        for k in range(len(centres)):
            if (nearest == k).any():
                centres[k] = rows[nearest == k].mean(axis=0)
    nearest = ((rows[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
    return torch.tensor(centres), torch.tensor(np.bincount(nearest, minlength=len(centres)))


def target_of(s, patches):
    """Pixels, or each patch by its own mean and unbiased variance."""
    if not s['normPix']:
        return patches
    variance = patches.var(dim=-1, keepdim=True, unbiased=True)
    return (patches - patches.mean(dim=-1, keepdim=True)) / torch.sqrt(variance + NORM_PIX_EPSILON)


def reconstruct(w, s, patches, order):
    """Predicted patches (B, n, patchLength) in raster order, from the first `kept` cells of `order`."""
    batch, n, _ = patches.shape
    kept = s['kept']
    if s.get('encoderSees') == 'all':
        # Mask tokens stand in the gaps from the first block of the encoder on; the decoder gets no others.
        mask = torch.ones(batch, n, dtype=patches.dtype).scatter(1, order[:, :kept], 0).unsqueeze(-1)
        tokens = linear(w, 'patch_embed.proj', patches) * (1 - mask) + w['encoder_mask_token'] * mask
        latent = linear(w, 'decoder_embed', encode(w, s, tokens + positions(s, s['width'], patches)))
        shuffled = gather(latent[:, 1:], order)
    else:
        encoded = encode(w, s, gather(embed(w, s, patches), order[:, :kept]))
        latent = linear(w, 'decoder_embed', encoded)
        shuffled = torch.cat([latent[:, 1:], w['mask_token'].expand(batch, n - kept, -1)], dim=1)
    cells = gather(shuffled, torch.argsort(order, dim=1)) + positions(s, s['decoderWidth'], patches)
    x = torch.cat([latent[:, :1], cells], dim=1)  # the class token's position is 0
    for i in range(s['decoderDepth']):
        x = block(w, f'decoder_blocks.{i}', x, s['decoderHeads'])
    return linear(w, 'decoder_pred', norm(w, 'decoder_norm', x))[:, 1:]


def mae_step(s):
    def step(w, inputs):
        patches, order = inputs['patches'], inputs['order']
        if 'target' in s:
            return learned_step(w, s, inputs)
        prediction, target = reconstruct(w, s, patches, order), target_of(s, patches)
        errors = gather(((prediction - target) ** 2).mean(dim=-1), order)  # (B, n): kept first
        loss = errors[:, s['kept']:].mean()
        return loss, {'maskedError': loss, 'visibleError': errors[:, :s['kept']].mean()}, {'prediction': prediction, 'target': target}
    return step


def learned_step(w, s, inputs):
    patches, order, training = inputs['patches'], inputs['order'], inputs['training']
    prediction = reconstruct(w, s, patches, order)
    removed = order[:, s['kept']:]
    if s['target'] == 'pca':
        mean, components = principal(s, training)
        target = (patches - mean) @ components.T
        loss = ((gather(prediction, removed) - gather(target, removed)) ** 2).mean()
        return loss, {}, {'prediction': prediction, 'target': target, 'mean': mean, 'components': components}
    centres, counts = code_book(s, training.double())
    target = ((patches.unsqueeze(2) - centres) ** 2).sum(dim=-1).argmin(dim=-1)
    loss = F.cross_entropy(gather(prediction, removed).flatten(0, 1), gather(target.unsqueeze(-1), removed).flatten())
    return loss, {}, {'prediction': prediction, 'target': target, 'centres': centres, 'counts': counts}


def write(name, seed, **changes):
    s, make = settings(**changes), Maker(seed)
    save(name, s, mae_inputs(make, s), mae_weights(make, s), mae_step(s))


if __name__ == '__main__':
    write('mae', 1)
    write('maePixels', 2, norm_pix=False)
    write('maeWide', 3, rows=2, columns=4, ratio=0.5, decoder_width=16, decoder_heads=4)
    write('maeLine', 20, rows=1, columns=6, axes=1, patch_length=120)
    write('maePca', 21, norm_pix=False, target='pca', outputs=5)
    write('maeTokens', 22, norm_pix=False, target='tokens', outputs=6)
    write('maeAllPlaces', 23, encoderSees='all')
