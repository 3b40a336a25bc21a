"""One training step of Patchwork in PyTorch, for the bench: asked over standard input, so that nothing is computed while others are timed.

A message is a line of JSON and, behind it, the bytes of its tensors one after another (float32 or int32, little-endian):
    {"do": "begin", "model": {...}, "optimiser": {...}, "tensors": [{"name", "shape", "type", "trained", "decays"}, ...]}
    {"do": "step", "rate": 0.001, "keep": null, "context": 16, "tensors": [{"name", "shape", "type"}, ...]}
    {"do": "threads", "tensors": []}
The answer is a line of JSON: {"about"}, {"loss", "ms"}, {"threads"} or {"error"}. Matrices come as (in, out) and are kept as nn.Linear keeps them, (out, in).
"""
import json
import math
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

EPSILON = 1e-6  # of layer norms with gain and bias
PLAIN_EPSILON = 1e-5  # of norms without
TYPES = {'float32': torch.float32, 'int32': torch.int32}


def linear(w, name, x):
    return F.linear(x, w[f'{name}.weight'], w[f'{name}.bias'])


def norm(w, name, x):
    return F.layer_norm(x, x.shape[-1:], w[f'{name}.weight'], w[f'{name}.bias'], EPSILON)


def attention(w, name, x, heads, answering):
    """All rows of x (B, N, d) ask, the first `answering` of them answer."""
    batch, rows, width = x.shape

    def split(y):
        return y.view(batch, -1, heads, width // heads).transpose(1, 2)  # (B, h, rows, d / h)

    keys, values = linear(w, f'{name}.kv', x[:, :answering]).chunk(2, dim=-1)
    q, k, v = split(linear(w, f'{name}.q', x)), split(keys), split(values)
    if hasattr(F, 'scaled_dot_product_attention'):
        mixed = F.scaled_dot_product_attention(q, k, v)
    else:
        mixed = F.softmax(q @ k.transpose(2, 3) / math.sqrt(width // heads), dim=-1) @ v
    return linear(w, f'{name}.proj', mixed.transpose(1, 2).reshape(batch, rows, width))


def mlp(w, name, x):
    return linear(w, f'{name}.fc2', F.gelu(linear(w, f'{name}.fc1', x)))


def blocks(w, prefix, x, depth, heads, answering=None):
    """Pre-norm blocks."""
    for i in range(depth):
        name = f'{prefix}.{i}'
        x = x + attention(w, f'{name}.attn', norm(w, f'{name}.norm1', x), heads, answering or x.shape[1])
        x = x + mlp(w, f'{name}.mlp', norm(w, f'{name}.norm2', x))
    return x


def with_class_token(w, x):
    return torch.cat([w['cls_token'].expand(len(x), 1, -1), x], dim=1)


def take(x, rows):
    """Rows (B, k) of x (B, n, d)."""
    return x.gather(1, rows.unsqueeze(-1).expand(-1, -1, x.shape[-1]))


def mp3(w, _teacher, m, inputs, context):
    tokens = with_class_token(w, linear(w, 'patch_embed.proj', inputs['patches']))
    encoded = norm(w, 'norm', blocks(w, 'blocks', tokens, m['depth'], m['heads'], context + 1))
    logits = linear(w, 'head_position', encoded[:, 1:])
    return F.cross_entropy(logits.flatten(0, 1), inputs['order'].flatten())


def mae(w, _teacher, m, inputs, _context):
    placed = linear(w, 'patch_embed.proj', inputs['patches']) + w['pos_embed'][1:][inputs['cells']]
    encoded = norm(w, 'norm', blocks(w, 'blocks', with_class_token(w, placed), m['depth'], m['heads']))
    tokens = linear(w, 'decoder_embed', encoded)
    gaps = inputs['decoderRows'].shape[1] - tokens.shape[1]
    tokens = torch.cat([tokens, w['mask_token'].expand(len(tokens), gaps, -1)], dim=1)
    tokens = tokens + w['decoder_pos_embed'][inputs['decoderRows']]
    decoded = norm(w, 'decoder_norm', blocks(w, 'decoder_blocks', tokens, m['decoderDepth'], m['decoderHeads']))
    return F.mse_loss(linear(w, 'decoder_pred', decoded[:, -gaps:]), inputs['targets'])


def post_norm(w, m, tokens):
    """(output (B, N, d), what the MLP of each block adds). Attention and MLP come before their norms."""
    x, added = norm(w, 'norm_pre', with_class_token(w, tokens)), []
    for i in range(m['depth']):
        name = f'blocks.{i}'
        x = norm(w, f'{name}.norm1', x + attention(w, f'{name}.attn', x, m['heads'], x.shape[1]))
        added.append(mlp(w, f'{name}.mlp', x))
        x = norm(w, f'{name}.norm2', x + added[-1])
    return x, added


@torch.no_grad()
def targets_of(teacher, m, patches):
    tokens = linear(teacher, 'patch_embed.proj', patches) + teacher['pos_embed'][1:]
    added = post_norm(teacher, m, tokens)[1][-m['targetLayers']:]
    mean = sum(F.instance_norm(one[:, 1:].transpose(1, 2), eps=PLAIN_EPSILON) for one in added) / len(added)
    return F.layer_norm(mean.transpose(1, 2), mean.shape[1:2], eps=PLAIN_EPSILON)


def data2vec(w, teacher, m, inputs, _context):
    seen = linear(w, 'patch_embed.proj', inputs['seen']) + w['pos_embed'][1:][inputs['cells']]
    encoded, _ = post_norm(w, m, seen)
    grid = take(torch.cat([encoded[:, 1:], inputs['noise']], dim=1), inputs['places'])
    clones, _, width = grid.shape
    x = grid.transpose(1, 2).reshape(clones, width, *m['grid'])
    for i in range(m['decoderLayers']):
        y = F.conv2d(x, w[f'decoder.{i}.conv.weight'], w[f'decoder.{i}.conv.bias'], padding='same', groups=m['groups'])
        x = x + F.gelu(F.layer_norm(y.permute(0, 2, 3, 1), (width,), eps=PLAIN_EPSILON).permute(0, 3, 1, 2))
    predicted = linear(w, 'decoder.proj', take(x.flatten(2).transpose(1, 2), inputs['removed']))
    target = targets_of(teacher, m, inputs['patches']).repeat_interleave(clones // len(inputs['patches']), dim=0)
    loss = F.mse_loss(predicted, take(target, inputs['removed']))
    if m['classLoss'] > 0:
        loss = loss + m['classLoss'] * F.mse_loss(encoded[:, 0], target.mean(dim=1))
    return loss * math.sqrt(width)


LOSSES = {'mp3': mp3, 'mae': mae, 'data2vec': data2vec}


class Trainer:
    def __init__(self, model, optimiser, tensors, values):
        self.model, self.clip, self.loss = model, optimiser['clip'], LOSSES[model['objective']]
        self.weights = {one['name']: own(one, value, model) for one, value in zip(tensors, values)}
        for one in tensors:
            self.weights[one['name']].requires_grad_(one['trained'])
        trained = [one for one in tensors if one['trained']]
        groups = [
            {'params': [self.weights[one['name']] for one in trained if one['decays'] == decays],
             'weight_decay': optimiser['weightDecay'] if decays else 0}
            for decays in (True, False)
        ]
        betas = (optimiser['beta1'], optimiser['beta2'])
        self.optimiser = torch.optim.AdamW(groups, betas=betas, eps=optimiser['epsilon'])
        self.trained = [value for group in groups for value in group['params']]
        names = model['teacher']
        self.teacher = {name: self.weights[name].detach().clone() for name in names}

    def step(self, inputs, rate, keep, context):
        for group in self.optimiser.param_groups:
            group['lr'] = rate
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss(self.weights, self.teacher, self.model, inputs, context)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.trained, self.clip)
        self.optimiser.step()
        with torch.no_grad():
            for name, value in self.teacher.items():
                value.lerp_(self.weights[name], 1 - keep)
        return loss.item()


def own(described, value, model):
    """A weight as PyTorch has it: (out, in) of linear layers, (out, in of the group, rows, columns) of convolutions."""
    if described['name'].endswith('.conv.weight'):
        taps, inputs, outputs = value.shape
        side = math.isqrt(taps)
        return value.view(side, side, inputs, outputs).permute(3, 2, 0, 1).contiguous()
    is_matrix = described['name'].endswith('.weight') and value.dim() == 2
    return value.t().contiguous() if is_matrix else value.clone()


def read_tensors(described, data):
    values, start = [], 0
    for one in described:
        count = math.prod(one['shape'])
        value = torch.frombuffer(data, dtype=TYPES[one['type']], offset=start, count=count).view(one['shape'])
        values.append(value)
        start += 4 * count
    return values


def blas():
    """What multiplies matrices: where that is the reference that Debian installs first, PyTorch is several times as slow as it can be."""
    if torch.backends.mkl.is_available():
        return 'MKL'
    try:
        loaded = Path('/proc/self/maps').read_text().lower()
    except OSError:
        return 'a library that it does not name'
    known = {'openblas': 'OpenBLAS', 'blis': 'BLIS', 'libblas': 'the reference BLAS, which is slow (Debian: libopenblas0-pthread)'}
    return next((name for part, name in known.items() if part in loaded), 'a library of its own')


def timed(work):
    started = time.perf_counter()
    result = work()
    return result, 1000 * (time.perf_counter() - started)


class Server:
    def __init__(self):
        self.trainer = None

    def begin(self, message, data):
        self.trainer = Trainer(message['model'], message['optimiser'], message['tensors'], read_tensors(message['tensors'], data))
        return {'about': f'PyTorch {torch.__version__}, whose products are by {blas()}'}

    def threads(self, _message, _data):
        return {'threads': torch.get_num_threads()}

    def step(self, message, data):
        def work():
            # What indexes is int64 in PyTorch.
            values = [value.long() if value.dtype == torch.int32 else value for value in read_tensors(message['tensors'], data)]
            inputs = {one['name']: value for one, value in zip(message['tensors'], values)}
            return self.trainer.step(inputs, message['rate'], message['keep'], message['context'])

        loss, ms = timed(work)
        return {'loss': loss if math.isfinite(loss) else None, 'ms': ms}


def main():
    torch.set_num_threads(int(sys.argv[1]))
    server = Server()
    source, sink = sys.stdin.buffer, sys.stdout
    for line in source:
        message = json.loads(line)
        size = 4 * sum(math.prod(one['shape']) for one in message.get('tensors', []))
        data = bytearray(source.read(size)) if size > 0 else bytearray(4)
        try:
            answer = getattr(server, message['do'])(message, data)
        except Exception as error:
            answer = {'error': f'{type(error).__name__}: {error}'}
        sink.write(json.dumps(answer) + '\n')
        sink.flush()


if __name__ == '__main__':
    main()
