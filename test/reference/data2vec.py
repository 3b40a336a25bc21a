"""data2vec 2.0 (Baevski et al. 2023), one step: several masks of a picture, post-norm encoder on kept patches, convolutional
decoder, targets from a teacher on the whole picture. On a line as for speech: a longer kernel, and no layer norm of the targets."""
import math

import torch
import torch.nn.functional as F

from common import Maker, attention, embed, gather, linear, mlp, norm, save, with_class_token

TARGET_EPSILON = 1e-5  # instance norm and layer norm of the targets, layer norm in the decoder


def settings(rows=3, columns=3, kept=3, target_blocks=2, class_weight=0, layers=2, kernel=3, **more):
    return {
        'objective': 'data2vec', 'batch': 2, 'masks': 2, 'rows': rows, 'columns': columns, 'patchLength': 12,
        'width': 8, 'depth': 2, 'heads': 2, 'kept': kept, 'targetBlocks': target_blocks, 'classWeight': class_weight,
        'decoderLayers': layers, 'decoderKernel': kernel, 'decoderGroups': 2, 'decoderWidth': 8, 'epsilon': TARGET_EPSILON, **more,
    }


def encode_post_norm(w, s, tokens):
    """(output (B, k + 1, d), each block's feed-forward output before its residual)."""
    x = norm(w, 'norm_pre', with_class_token(w['cls_token'], tokens))
    fed_forward = []
    for i in range(s['depth']):
        x = norm(w, f'blocks.{i}.norm1', x + attention(w, f'blocks.{i}.attn', x, s['heads']))
        fed_forward.append(mlp(w, f'blocks.{i}.mlp', x))
        x = norm(w, f'blocks.{i}.norm2', x + fed_forward[-1])
    return x, fed_forward


def targets_of(teacher, s, patches):
    """(B, n, d): instance norm of each of the last K blocks over the patches, mean, layer norm unless `targetNorm` is 0."""
    with torch.no_grad():
        _, fed_forward = encode_post_norm(teacher, s, embed(teacher, s, patches))
        channels_first = [f[:, 1:].transpose(1, 2) for f in fed_forward[-s['targetBlocks']:]]  # (B, d, n)
        normed = [F.instance_norm(f, eps=TARGET_EPSILON) for f in channels_first]
        mean = (sum(normed) / len(normed)).transpose(1, 2)
        return F.layer_norm(mean, mean.shape[-1:], eps=TARGET_EPSILON) if s.get('targetNorm', 1) else mean


def decode(w, s, grid):
    """Grouped convolutions over grid (B M, n, d), then one linear layer."""
    clones, n, width = grid.shape
    if s.get('axes') == 1:
        return decode_line(w, s, grid)
    x = grid.transpose(1, 2).reshape(clones, width, s['rows'], s['columns'])
    kernel, groups = s['decoderKernel'], s['decoderGroups']
    for i in range(s['decoderLayers']):
        taps = w[f'decoder.{i}.conv.weight'].reshape(kernel, kernel, width // groups, width)
        y = F.conv2d(x, taps.permute(3, 2, 0, 1), w[f'decoder.{i}.conv.bias'], padding=kernel // 2, groups=groups)
        y = F.layer_norm(y.permute(0, 2, 3, 1), (width,), eps=TARGET_EPSILON).permute(0, 3, 1, 2)
        x = x + F.gelu(y)
    return linear(w, 'decoder.proj', x.reshape(clones, width, n).transpose(1, 2))


def decode_line(w, s, line):
    """The same along a line, with kernels as long as `decoderKernel`."""
    x, width = line.transpose(1, 2), line.shape[-1]  # (B M, d, n)
    kernel, groups = s['decoderKernel'], s['decoderGroups']
    for i in range(s['decoderLayers']):
        taps = w[f'decoder.{i}.conv.weight'].permute(2, 1, 0)  # (out, in of the group, kernel)
        y = F.conv1d(x, taps, w[f'decoder.{i}.conv.bias'], padding=kernel // 2, groups=groups)
        y = F.layer_norm(y.transpose(1, 2), (width,), eps=TARGET_EPSILON).transpose(1, 2)
        x = x + F.gelu(y)
    return linear(w, 'decoder.proj', x.transpose(1, 2))


def data2vec_step(s):
    def step(w, inputs, teacher):
        patches, order, noise = inputs['patches'], inputs['order'], inputs['noise']
        kept, width = s['kept'], s['width']
        clones = embed(w, s, patches).repeat_interleave(s['masks'], dim=0)  # picture b, mask m: row b M + m
        encoded, _ = encode_post_norm(w, s, gather(clones, order[:, :kept]))
        grid = gather(torch.cat([encoded[:, 1:], noise], dim=1), torch.argsort(order, dim=1))
        prediction = decode(w, s, grid)
        picture_targets = targets_of(teacher, s, patches)
        target = picture_targets.repeat_interleave(s['masks'], dim=0)
        removed = order[:, kept:]
        wanted = gather(target, removed)
        squared = (gather(prediction, removed) - wanted) ** 2  # (B M, n - k, d)
        zeros = 1 if s.get('targetNorm', 1) else (wanted ** 2).mean()  # what predicting 0 costs
        patch_loss = (squared.sum(dim=-1) / math.sqrt(width)).mean()
        class_loss = (((encoded[:, 0] - target.mean(dim=1)) ** 2).sum(dim=-1) / math.sqrt(width)).mean()
        metrics = {'patchLoss': patch_loss, 'perDimensionError': squared.mean() / zeros, 'classLoss': class_loss}
        outputs = {'prediction': prediction, 'target': picture_targets, 'class': encoded[:, 0]}
        return patch_loss + s['classWeight'] * class_loss, metrics, outputs
    return step


def encoder_weights(make, s):
    weights = make.encoder(s)
    return weights | make.norm('norm_pre', s['width'])


def write(name, seed, **changes):
    s, make = settings(**changes), Maker(seed)
    n, clones, width = s['rows'] * s['columns'], s['batch'] * s['masks'], s['width']
    inputs = {
        'patches': make.normal(s['batch'], n, s['patchLength']),
        'order': make.orders(clones, n),
        'noise': make.normal(clones, n - s['kept'], width, std=0.3),
    }
    weights = encoder_weights(make, s)
    for i in range(s['decoderLayers']):
        weights[f'decoder.{i}.conv.weight'] = make.normal(s['decoderKernel'] ** s.get('axes', 2), width // s['decoderGroups'], width, std=0.3)
        weights[f'decoder.{i}.conv.bias'] = make.normal(width, std=0.2)
    weights |= make.linear('decoder.proj', width, width)
    save(name, s, inputs, weights, data2vec_step(s), teacher=encoder_weights(make, s))


if __name__ == '__main__':
    write('data2vec', 6)
    write('data2vecClass', 7, class_weight=1)
    write('data2vecWide', 8, rows=2, columns=4, target_blocks=1)
    write('data2vecLine', 9, rows=1, columns=10, axes=1, kept=5, layers=3, kernel=7, targetNorm=0)
