"""What the reference scripts share: the tiny Transformer in float64, checks by finite differences, and the JSON files.

Written from the methods alone (the papers' equations), not from Patchwork's source: PyTorch's own layer norm, softmax,
GELU, convolution and automatic differentiation stand against our kernels and hand-written gradients.
Matrices are stored (in, out), y = x W + b. Row 0 of a sequence is the class token, the patches follow.
"""
import json
import math
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
BLOCK_EPSILON = 1e-6  # every layer norm with gain and bias


class Maker:
    """Seeded inputs and weights with four decimals, so that the file holds exactly what the numbers were computed from."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)

    def normal(self, *shape, std=1.0, mean=0.0):
        return torch.tensor(np.round(self.random.normal(mean, std, shape), 4), dtype=torch.float64)

    def linear(self, name, rows, columns):
        return {f'{name}.weight': self.normal(rows, columns, std=0.4), f'{name}.bias': self.normal(columns, std=0.2)}

    def norm(self, name, width):
        return {f'{name}.weight': self.normal(width, std=0.2, mean=1.0), f'{name}.bias': self.normal(width, std=0.2)}

    def block(self, name, width):
        return {
            **self.norm(f'{name}.norm1', width),
            **self.linear(f'{name}.attn.q', width, width),
            **self.linear(f'{name}.attn.kv', width, 2 * width),
            **self.linear(f'{name}.attn.proj', width, width),
            **self.norm(f'{name}.norm2', width),
            **self.linear(f'{name}.mlp.fc1', width, 4 * width),
            **self.linear(f'{name}.mlp.fc2', 4 * width, width),
        }

    def encoder(self, s):
        """Patch projection, class token and blocks; the caller adds the norm that its method has."""
        weights = {**self.linear('patch_embed.proj', s['patchLength'], s['width']), 'cls_token': self.normal(s['width'])}
        for i in range(s['depth']):
            weights |= self.block(f'blocks.{i}', s['width'])
        return weights

    def orders(self, count, n):
        """One permutation of the cells a row."""
        return torch.tensor(np.stack([self.random.permutation(n) for _ in range(count)]))


def sincos(rows, columns, width):
    """Fixed 2-D positions (rows * columns, width): first half the column, second half the row, each [sin, cos]."""
    quarter = width // 4
    table = np.zeros((rows * columns, width))
    for row in range(rows):
        for column in range(columns):
            for k in range(quarter):
                omega = 10000 ** (-k / quarter)
                cell = table[row * columns + column]
                cell[k], cell[quarter + k] = math.sin(column * omega), math.cos(column * omega)
                cell[2 * quarter + k], cell[3 * quarter + k] = math.sin(row * omega), math.cos(row * omega)
    return torch.tensor(table)


def sincos_line(length, width):
    """Fixed 1-D positions (length, width): all of the width tells the place, [sin, cos]."""
    half = width // 2
    angles = np.arange(length)[:, None] * 10000 ** (-np.arange(half) / half)
    return torch.tensor(np.concatenate([np.sin(angles), np.cos(angles)], axis=1))


def positions(s, width, like):
    """On a line (`axes` 1) there is one row."""
    table = sincos_line(s['columns'], width) if s.get('axes') == 1 else sincos(s['rows'], s['columns'], width)
    return table.to(like.dtype)


def linear(w, name, x):
    return x @ w[f'{name}.weight'] + w[f'{name}.bias']


def norm(w, name, x):
    return F.layer_norm(x, x.shape[-1:], w[f'{name}.weight'], w[f'{name}.bias'], BLOCK_EPSILON)


def attention(w, name, x, heads, bias=None):
    """Softmax attention of all rows of x (B, N, d) over all rows; bias (heads, N, N) joins the scaled logits."""
    batch, length, width = x.shape

    def split(y):
        return y.reshape(batch, length, heads, width // heads).transpose(1, 2)  # (B, h, N, d/h)

    keys, values = linear(w, f'{name}.kv', x).split(width, dim=-1)
    logits = split(linear(w, f'{name}.q', x)) @ split(keys).transpose(2, 3) / math.sqrt(width // heads)
    if bias is not None:
        logits = logits + bias
    mixed = torch.softmax(logits, dim=-1) @ split(values)
    return linear(w, f'{name}.proj', mixed.transpose(1, 2).reshape(batch, length, width))


def mlp(w, name, x):
    return linear(w, f'{name}.fc2', F.gelu(linear(w, f'{name}.fc1', x)))


def block(w, name, x, heads, bias=None):
    """Pre-norm block."""
    x = x + attention(w, f'{name}.attn', norm(w, f'{name}.norm1', x), heads, bias)
    return x + mlp(w, f'{name}.mlp', norm(w, f'{name}.norm2', x))


def gather(x, cells):
    """Rows `cells` (B, k) of x (B, n, d)."""
    return torch.stack([x[b, cells[b]] for b in range(len(x))])


def with_class_token(token, x):
    return torch.cat([token.expand(len(x), 1, -1), x], dim=1)


def encode(w, s, tokens):
    """Class token (its position is 0) before tokens (B, k, d), pre-norm blocks, final norm: (B, k + 1, d)."""
    x = with_class_token(w['cls_token'], tokens)
    for i in range(s['depth']):
        x = block(w, f'blocks.{i}', x, s['heads'])
    return norm(w, 'norm', x)


def embed(w, s, patches):
    """Projected patches (B, n, d) with their fixed positions."""
    return linear(w, 'patch_embed.proj', patches) + positions(s, s['width'], patches)


def rounded(value):
    """Nine significant digits; what is zero but for rounding (the gradient of the keys' bias) is written as 0."""
    return 0 if abs(value) < 1e-14 else float(f'{value:.9g}')


def entry(tensor):
    values = tensor.detach().flatten().tolist()
    whole = not tensor.is_floating_point()
    return {'shape': list(tensor.shape), 'data': values if whole else [rounded(v) for v in values]}


def finite_differences(name, loss, weights, gradients):
    """Central differences along one random direction through each tensor and at three of its entries."""
    random = np.random.default_rng(0)
    step, worst = 1e-5, 0.0
    for key, value in weights.items():
        directions = [torch.tensor(random.normal(size=tuple(value.shape)))]
        for index in random.choice(value.numel(), min(3, value.numel()), replace=False):
            single = torch.zeros_like(value)
            single.view(-1)[int(index)] = 1
            directions.append(single)
        for direction in directions:
            up, down = (loss({**weights, key: value + sign * step * direction}) for sign in (1, -1))
            measured = (up - down).item() / (2 * step)
            expected = (gradients[key] * direction).sum().item()
            error = abs(measured - expected) / max(1e-2, abs(expected))
            worst = max(worst, error)
            assert error < 1e-5, f'{name}: {key} has gradient {expected}, finite differences say {measured}'
    return worst


def cast(tensors, dtype):
    return {k: v.to(dtype) if v.is_floating_point() else v for k, v in tensors.items()}


def differentiate(step, inputs, weights, extras):
    leaves = {k: v.clone().requires_grad_() for k, v in weights.items()}
    loss, metrics, outputs = step(leaves, inputs, **extras)
    loss.backward()
    gradients = {k: torch.zeros_like(v) if v.grad is None else v.grad for k, v in leaves.items()}
    return loss.item(), metrics, outputs, gradients


def single_precision_error(step, inputs, weights, extras, loss, gradients):
    """How far PyTorch's own float32 comes from float64: (loss, largest gradient error over the tensor's largest entry)."""
    single = {k: cast(v, torch.float32) for k, v in extras.items()}
    loss32, _, _, gradients32 = differentiate(step, cast(inputs, torch.float32), cast(weights, torch.float32), single)
    floor = 1e-3 * max(g.abs().max() for g in gradients.values())
    errors = [(gradients32[k].double() - g).abs().max() / max(g.abs().max(), floor) for k, g in gradients.items()]
    return abs(loss32 - loss) / abs(loss), max(errors).item()


def close(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(close(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, (bool, str)) or isinstance(b, (bool, str)):
        return a == b
    return abs(a - b) <= 1e-12 + 1e-7 * abs(b)


def save(name, settings, inputs, weights, step, teacher=None):
    """Runs `step(weights, inputs[, teacher]) -> (loss, metrics, outputs)`, checks its gradients and writes `name`.json;
    with --check on the command line it compares with the file instead."""
    extras = {} if teacher is None else {'teacher': teacher}
    loss, metrics, outputs, gradients = differentiate(step, inputs, weights, extras)

    def value(changed):
        with torch.no_grad():
            return step(changed, inputs, **extras)[0]

    differences = finite_differences(name, value, weights, gradients)
    loss32, gradients32 = single_precision_error(step, inputs, weights, extras, loss, gradients)
    fixture = {
        'settings': settings,
        'inputs': {k: entry(v) for k, v in inputs.items()},
        'weights': {k: entry(v) for k, v in weights.items()},
        **{group: {k: entry(v) for k, v in tensors.items()} for group, tensors in extras.items()},
        'loss': rounded(loss),
        'metrics': {k: rounded(float(v)) for k, v in metrics.items()},
        'outputs': {k: entry(v) for k, v in outputs.items()},
        'gradients': {k: entry(v) for k, v in gradients.items()},
    }
    file = Path(__file__).parent / f'{name}.json'
    if '--check' in sys.argv:
        assert close(fixture, json.loads(file.read_text())), f'{file.name} differs from what this script computes'
    else:
        file.write_text(json.dumps(fixture) + '\n')
    print(f'{name}: loss {loss:.9g}, finite differences within {differences:.1e}, '
          f'float32 within {loss32:.1e} (loss) and {gradients32:.1e} (gradients)')
