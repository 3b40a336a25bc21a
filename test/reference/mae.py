"""MAE (He et al. 2022), one step: kept patches through the encoder, light decoder, error on the removed patches."""
import math

import torch

from common import Maker, block, embed, encode, gather, linear, norm, positions, save

NORM_PIX_EPSILON = 1e-6


def settings(rows=3, columns=3, ratio=0.6, decoder_width=8, decoder_heads=2, norm_pix=True, patch_length=12, **more):
    n = rows * columns
    return {
        'objective': 'mae', 'batch': 2, 'rows': rows, 'columns': columns, 'patchLength': patch_length, 'width': 8, 'depth': 2, 'heads': 2,
        'ratio': ratio, 'kept': math.floor(n * (1 - ratio)),
        'decoderDepth': 1, 'decoderWidth': decoder_width, 'decoderHeads': decoder_heads, 'normPix': norm_pix, **more,
    }


def mae_weights(make, s):
    width, decoder_width = s['width'], s['decoderWidth']
    weights = {**make.encoder(s), **make.norm('norm', width)}
    weights |= {**make.linear('decoder_embed', width, decoder_width), 'mask_token': make.normal(decoder_width)}
    for i in range(s['decoderDepth']):
        weights |= make.block(f'decoder_blocks.{i}', decoder_width)
    return weights | make.norm('decoder_norm', decoder_width) | make.linear('decoder_pred', decoder_width, s['patchLength'])


def mae_inputs(make, s):
    n = s['rows'] * s['columns']
    return {'patches': make.normal(s['batch'], n, s['patchLength']), 'order': make.orders(s['batch'], n)}


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
        prediction, target = reconstruct(w, s, patches, order), target_of(s, patches)
        errors = gather(((prediction - target) ** 2).mean(dim=-1), order)  # (B, n): kept first
        loss = errors[:, s['kept']:].mean()
        return loss, {'maskedError': loss, 'visibleError': errors[:, :s['kept']].mean()}, {'prediction': prediction, 'target': target}
    return step


def write(name, seed, **changes):
    s, make = settings(**changes), Maker(seed)
    save(name, s, mae_inputs(make, s), mae_weights(make, s), mae_step(s))


if __name__ == '__main__':
    write('mae', 1)
    write('maePixels', 2, norm_pix=False)
    write('maeWide', 3, rows=2, columns=4, ratio=0.5, decoder_width=16, decoder_heads=4)
    write('maeLine', 20, rows=1, columns=6, axes=1, patch_length=120)
