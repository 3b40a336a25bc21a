"""DropPos (Wang et al. 2023), one step: of the kept patches some lose their position, which a decoder without positions names."""
import torch

from common import Maker, block, encode, gather, linear, norm, positions, save


def settings(rows=3, columns=3, sigma=1.0):
    return {
        'objective': 'dropPos', 'batch': 2, 'rows': rows, 'columns': columns, 'patchLength': 12, 'width': 8, 'depth': 2, 'heads': 2,
        'kept': 5, 'anchors': 2, 'sigma': sigma, 'decoderDepth': 1, 'decoderWidth': 8, 'decoderHeads': 2,
    }


def smoothed_labels(s):
    """Row i: the target for a patch from cell i, falling with the square of the distance in patches; sums to 1."""
    n, columns = s['rows'] * s['columns'], s['columns']
    if s['sigma'] == 0:
        return torch.eye(n, dtype=torch.float64)
    cells = torch.tensor([[i // columns, i % columns] for i in range(n)], dtype=torch.float64)
    squared = ((cells[:, None] - cells[None]) ** 2).sum(dim=-1)
    return torch.softmax(-squared / s['sigma'] ** 2, dim=-1)


def drop_pos_step(s):
    def step(w, inputs):
        patches, order = inputs['patches'], inputs['order']
        kept, anchors = order[:, :s['kept']], s['anchors']
        content = gather(linear(w, 'patch_embed.proj', patches), kept)
        table = positions(s, s['width'], patches)
        lost = w['mask_position'].expand(len(patches), s['kept'] - anchors, -1)
        tokens = content + torch.cat([table[kept[:, :anchors]], lost], dim=1)
        x = linear(w, 'decoder_embed', encode(w, s, tokens))
        for i in range(s['decoderDepth']):
            x = block(w, f'decoder_blocks.{i}', x, s['decoderHeads'])
        logits = linear(w, 'head_position', norm(w, 'decoder_norm', x))[:, 1:]  # (B, kept, n)
        asked, truth = logits[:, anchors:], kept[:, anchors:]
        target = smoothed_labels(s).to(patches.dtype)[truth]
        loss = -(target * torch.log_softmax(asked, dim=-1)).sum(dim=-1).mean()
        return loss, {'accuracy': (asked.argmax(dim=-1) == truth).double().mean()}, {'logits': logits, 'target': target}
    return step


def write(name, seed, **changes):
    s, make = settings(**changes), Maker(seed)
    n, width, decoder_width = s['rows'] * s['columns'], s['width'], s['decoderWidth']
    weights = {**make.encoder(s), **make.norm('norm', width), 'mask_position': make.normal(width, std=0.5)}
    weights |= make.linear('decoder_embed', width, decoder_width)
    for i in range(s['decoderDepth']):
        weights |= make.block(f'decoder_blocks.{i}', decoder_width)
    weights |= make.norm('decoder_norm', decoder_width) | make.linear('head_position', decoder_width, n)
    inputs = {'patches': make.normal(s['batch'], n, s['patchLength']), 'order': make.orders(s['batch'], n)}
    save(name, s, inputs, weights, drop_pos_step(s))


if __name__ == '__main__':
    write('dropPos', 17)
    write('dropPosHard', 18, sigma=0)
    write('dropPosWide', 19, rows=2, columns=4, sigma=0.8)
