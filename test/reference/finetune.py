"""Fine-tuning (methods 1.4 and 7), one step: all patches through the encoder with learned absolute positions or relative biases,
linear head on the normed class token, cross-entropy with smoothed soft labels."""
import torch

from common import Maker, block, linear, norm, save, with_class_token

TABLE = 'attn.relative_position_bias_table'


def settings(positions, rows=3, columns=3):
    return {
        'objective': 'finetune', 'batch': 2, 'rows': rows, 'columns': columns, 'patchLength': 12, 'width': 8, 'depth': 2, 'heads': 2,
        'positions': positions, 'classes': 4, 'labelSmoothing': 0.1,
    }


def relative_index(rows, columns):
    """Row of the bias table for query i (row of the result) and key j, class token first: (n + 1, n + 1)."""
    n, span = rows * columns, 2 * columns - 1
    offsets = (2 * rows - 1) * span
    index = torch.full((n + 1, n + 1), offsets)  # class token asks a patch
    index[:, 0] = offsets + 1  # a patch asks the class token
    index[0, 0] = offsets + 2
    for i in range(n):
        for j in range(n):
            down, across = i // columns - j // columns, i % columns - j % columns
            index[i + 1, j + 1] = (down + rows - 1) * span + across + columns - 1
    return index


def finetune_step(s):
    index = relative_index(s['rows'], s['columns'])

    def step(w, inputs):
        x = with_class_token(w['cls_token'], linear(w, 'patch_embed.proj', inputs['patches']))
        if s['positions'] == 'absolute':
            x = x + w['pos_embed']
        for i in range(s['depth']):
            table = w.get(f'blocks.{i}.{TABLE}')
            bias = None if table is None else table[index].permute(2, 0, 1)  # (heads, n + 1, n + 1)
            x = block(w, f'blocks.{i}', x, s['heads'], bias)
        logits = linear(w, 'head', norm(w, 'norm', x)[:, 0])
        smoothed = inputs['labels'] * (1 - s['labelSmoothing']) + s['labelSmoothing'] / s['classes']
        loss = -(smoothed * torch.log_softmax(logits, dim=-1)).sum(dim=-1).mean()
        return loss, {}, {'logits': logits, 'smoothedLabels': smoothed}
    return step


def write(name, seed, positions, **changes):
    s, make = settings(positions, **changes), Maker(seed)
    rows, columns, width = s['rows'], s['columns'], s['width']
    n = rows * columns
    weights = {**make.encoder(s), **make.norm('norm', width), **make.linear('head', width, s['classes'])}
    if positions == 'absolute':
        weights['pos_embed'] = make.normal(n + 1, width, std=0.5)
    if positions == 'relative':
        for i in range(s['depth']):
            weights[f'blocks.{i}.{TABLE}'] = make.normal((2 * rows - 1) * (2 * columns - 1) + 3, s['heads'], std=0.5)
    # What mixup leaves: two classes' shares a picture, before smoothing.
    labels = torch.tensor([[0.7, 0, 0.3, 0], [0, 0.4, 0, 0.6]], dtype=torch.float64)
    save(name, s, {'patches': make.normal(s['batch'], n, s['patchLength']), 'labels': labels}, weights, finetune_step(s))


if __name__ == '__main__':
    write('finetune', 13, 'absolute')
    write('finetuneRelative', 14, 'relative')
    write('finetuneRelativeWide', 15, 'relative', rows=2, columns=4)
    write('finetuneNone', 16, 'none')
