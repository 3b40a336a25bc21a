#!/usr/bin/env python3
"""Goes on with a run that has outgrown the tab: same objective, optimiser state and schedule, in PyTorch, on one device or on many.

    python3 train_patchwork.py run.patchwork --data pictures/ --out further.patchwork
    torchrun --nproc_per_node=4 train_patchwork.py run.patchwork --data pictures/ --out further.patchwork

Reads and writes Patchwork's run files, so that the page and its command line open what this leaves behind. Objectives: MP3 (and
JigsawViT), MAE, SimMIM, data2vec 2.0; pictures and sounds. Needs torch; pictures need Pillow too. Formulas are cited where they stand:
"methods" is docs/methods.md of Patchwork, with the papers behind it.

What is the same as in the page: the model, loss, AdamW, clipping, schedule and the teacher's average, to single precision. What is
not: masks and the order of samples are drawn by PyTorch's generators from (seed, step) instead of Patchwork's, so that numbers differ from those
of the page by chance, not by kind; the file says at which step PyTorch took over.
"""
import argparse
import collections
import json
import math
import os
import platform
import signal
import struct
import sys
import time
import wave
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F

BLOCK_EPSILON = 1e-6  # layer norms with gain and bias
TARGET_EPSILON = 1e-5  # norms without (methods 3.2)
PATCH_EPSILON = 1e-6  # added to the variance of a patch (MAE's code)
BETA1, ADAM_EPSILON = 0.9, 1e-8
NOISE_DEVIATION = 0.01  # what data2vec's decoder gets for cells that the student did not see
AVERAGE_STEPS = 5000  # the run that data2vec's averages are meant for (methods 3.4)
PATIENCE = 75  # EX_TEMPFAIL: "run me again"


class Refusal(Exception):
    """What cannot be done, in words for people, with what to do instead."""


# ---------------------------------------------------------------- run files


def read_safetensors(data):
    """(tensors by name, metadata) of float32 and int32 tensors."""
    if len(data) < 8:
        raise Refusal('The file is too short to be a run.')
    (length,) = struct.unpack('<Q', data[:8])
    if length > len(data) - 8:
        raise Refusal('The file ends before its header does: it is no safetensors file, or was cut off.')
    header = json.loads(data[8:8 + length])
    body = memoryview(data)[8 + length:]
    metadata = header.pop('__metadata__', {})
    kinds = {'F32': torch.float32, 'I32': torch.int32}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry['data_offsets']
        if entry['dtype'] not in kinds or end > len(body):
            raise Refusal(f'Tensor {name} of the file is damaged, or of a kind that runs do not have ({entry["dtype"]}).')
        values = torch.frombuffer(bytearray(body[begin:end]), dtype=kinds[entry['dtype']]) if end > begin else torch.empty(0)
        tensors[name] = values.reshape(entry['shape'])
    return tensors, metadata


def bytes_of(tensor):
    return tensor.detach().cpu().contiguous().numpy().tobytes()


def write_safetensors(tensors, metadata):
    header, parts, at = {'__metadata__': metadata}, [], 0
    for name, tensor in tensors.items():
        part = bytes_of(tensor)
        header[name] = {'dtype': 'F32', 'shape': list(tensor.shape), 'data_offsets': [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header, separators=(',', ':'), ensure_ascii=False).encode()
    text += b' ' * (-len(text) % 8)
    return struct.pack('<Q', len(text)) + text + b''.join(parts)


class RunFile:
    """A run as Patchwork keeps it; docs/run-file.md of Patchwork says what each entry means."""

    VECTORS = ('parameters', 'first_moment', 'second_moment', 'teacher', 'pretrained')

    def __init__(self, path):
        data = Path(path).read_bytes()
        tensors, self.metadata = read_safetensors(data)
        if not self.metadata.get('patchwork.format', '').startswith('run/'):
            raise Refusal(f'{path} is no run file. Take it from "Save run" of Patchwork, or write it with --checkpoint.')
        if self.metadata['patchwork.format'] != 'run/1':
            raise Refusal(f'{path} was saved by a newer Patchwork: take the train_patchwork.py that came with that one.')
        (length,) = struct.unpack('<Q', data[:8])
        text = self.metadata['patchwork.run']
        crc = zlib.crc32((text + self.metadata['patchwork.sequence']).encode(), zlib.crc32(data[8 + length:]))
        if f'{crc:08x}' != self.metadata['patchwork.crc32']:
            raise Refusal(f'{path} is damaged: its numbers are not those that were saved.')
        self.record = json.loads(text)
        self.vectors = {name: tensors[f'state.{name}'] for name in self.VECTORS if f'state.{name}' in tensors}

    def write(self, path, vectors):
        """Atomically: what stood there stays until all of the new file has been written."""
        sequence = str(int(self.metadata['patchwork.sequence']) + 1)
        text = json.dumps(self.record, separators=(',', ':'), ensure_ascii=False)
        named = {f'state.{name}': vectors[name] for name in self.VECTORS if name in vectors}
        crc = 0
        for tensor in named.values():
            crc = zlib.crc32(bytes_of(tensor), crc)
        crc = zlib.crc32((text + sequence).encode(), crc)
        self.metadata.update({
            'patchwork.sequence': sequence, 'patchwork.run': text, 'patchwork.crc32': f'{crc:08x}',
            'patchwork.step': str(self.record['steps']), 'patchwork.config': json.dumps(self.record['config'], separators=(',', ':')),
        })
        path = Path(path)
        temporary = path.with_name(f'{path.name}.tmp-{os.getpid()}')
        with open(temporary, 'wb') as file:
            file.write(write_safetensors(named, self.metadata))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)


# ---------------------------------------------------------------- the model

Parameter = collections.namedtuple('Parameter', 'name shape trained decayed')


def parameter(name, *shape, trained=True, decayed=None):
    """Matrices are (in, out), y = x W + b. Weight decay pulls on matrices, not on biases, norms and single tokens."""
    return Parameter(name, shape, trained, len(shape) > 1 if decayed is None else decayed)


def linear_parameters(name, rows, columns):
    return [parameter(f'{name}.weight', rows, columns), parameter(f'{name}.bias', columns)]


def norm_parameters(name, width):
    return [parameter(f'{name}.weight', width), parameter(f'{name}.bias', width)]


def block_parameters(name, width, ratio=4):
    return [
        *norm_parameters(f'{name}.norm1', width),
        *linear_parameters(f'{name}.attn.q', width, width),
        *linear_parameters(f'{name}.attn.kv', width, 2 * width),
        *linear_parameters(f'{name}.attn.proj', width, width),
        *norm_parameters(f'{name}.norm2', width),
        *linear_parameters(f'{name}.mlp.fc1', width, ratio * width),
        *linear_parameters(f'{name}.mlp.fc2', ratio * width, width),
    ]


class Shape:
    """Sizes of the encoder (methods 0), from a run's settings and the recipe of its tokens."""

    def __init__(self, config, recipe, post_norm=False, positions=True, class_token=True):
        model = config['model']
        self.width, self.depth, self.heads, self.drop_path = (model[key] for key in ('width', 'depth', 'heads', 'dropPath'))
        self.grid, self.length = tokens_of(recipe)
        self.patches = math.prod(self.grid)
        self.post_norm, self.positions, self.class_token = post_norm, positions, class_token

    def parameters(self):
        rows = self.patches + int(self.class_token)
        found = linear_parameters('patch_embed.proj', self.length, self.width)
        if self.class_token:
            found.append(parameter('cls_token', self.width))
        if self.positions:
            found.append(parameter('pos_embed', rows, self.width, trained=False))
        if self.post_norm:
            found += norm_parameters('norm_pre', self.width)
        for layer in range(self.depth):
            found += block_parameters(f'blocks.{layer}', self.width)
        return found + ([] if self.post_norm else norm_parameters('norm', self.width))


def linear(w, name, x):
    return x @ w[f'{name}.weight'] + w[f'{name}.bias']


def norm(w, name, x):
    return F.layer_norm(x, x.shape[-1:], w[f'{name}.weight'], w[f'{name}.bias'], BLOCK_EPSILON)


def attention(w, name, x, heads, context):
    """(B, N, d): every row asks, the first `context` rows answer (methods 1.1)."""
    batch, length, width = x.shape

    def split(y):
        return y.reshape(batch, -1, heads, width // heads).transpose(1, 2)  # (B, h, N, d/h)

    keys, values = linear(w, f'{name}.kv', x[:, :context]).split(width, dim=-1)
    scores = split(linear(w, f'{name}.q', x)) @ split(keys).transpose(2, 3) / math.sqrt(width // heads)
    mixed = torch.softmax(scores, dim=-1) @ split(values)
    return linear(w, f'{name}.proj', mixed.transpose(1, 2).reshape(batch, length, width))


def mlp(w, name, x):
    return linear(w, f'{name}.fc2', F.gelu(linear(w, f'{name}.fc1', x)))


class Chance:
    """Draws for this process's rows of a batch, the same however many processes share it."""

    def __init__(self, generator, rank=0, world=1):
        self.generator, self.rank, self.world = generator, rank, world

    def rows(self, count):
        drawn = torch.rand(count * self.world, generator=self.generator)
        return drawn[self.rank * count:(self.rank + 1) * count]


def drop_path(x, rate, chance):
    """Whole samples of a branch are dropped, the others scaled so that the mean stays (Huang et al. 2016)."""
    if rate == 0 or chance is None:
        return x
    kept = (chance.rows(len(x)) >= rate).to(x.device, x.dtype)
    return x * kept.view(-1, 1, 1) / (1 - rate)


def run_blocks(w, prefix, x, depth, heads, post_norm=False, context=None, drop=0.0, chance=None, fed=None):
    """(B, N, d) through a stack of blocks; `fed` gets what each MLP adds (methods 3.2)."""
    context = x.shape[1] if context is None else context
    for layer in range(depth):
        name, rate = f'{prefix}.{layer}', drop * layer / max(1, depth - 1)
        if post_norm:
            x = norm(w, f'{name}.norm1', x + drop_path(attention(w, f'{name}.attn', x, heads, context), rate, chance))
            added = mlp(w, f'{name}.mlp', x)
            if fed is not None:
                fed.append(added)
            x = norm(w, f'{name}.norm2', x + drop_path(added, rate, chance))
        else:
            x = x + drop_path(attention(w, f'{name}.attn', norm(w, f'{name}.norm1', x), heads, context), rate, chance)
            x = x + drop_path(mlp(w, f'{name}.mlp', norm(w, f'{name}.norm2', x)), rate, chance)
    return x


def rows_of(x, cells):
    """Rows `cells` (B, k) of x (B, n, d)."""
    return x.gather(1, cells.unsqueeze(-1).expand(-1, -1, x.shape[-1]))


def placed(w, shape, tokens, cells):
    """Adds the positions of cells (B, k) to tokens (B, k, d)."""
    return tokens + w['pos_embed'][cells + int(shape.class_token)]


def encode(w, shape, tokens, context=None, chance=None, fed=None):
    """Class token, blocks, final norm: tokens (B, k, d) -> (B, k + 1, d), or (B, k, d) without a class token."""
    first = int(shape.class_token)
    if first:
        tokens = torch.cat([w['cls_token'].expand(len(tokens), 1, -1), tokens], dim=1)
    if shape.post_norm:
        tokens = norm(w, 'norm_pre', tokens)
    context = None if context is None else context + first
    x = run_blocks(w, 'blocks', tokens, shape.depth, shape.heads, shape.post_norm, context, shape.drop_path, chance, fed)
    return x if shape.post_norm else norm(w, 'norm', x)


# ---------------------------------------------------------------- objectives
# Each: its parameters in the order of the flat vector, the task of one sample, and the loss of a batch. `order` names the n cells of a
# sample, those that are seen first; a task of data2vec has M orders, all others one.


def kept_count(patches, ratio):
    return math.floor(patches * (1 - ratio) + 1e-9)


def lowest_first(rank, generator):
    """Cells by whole rank (n), of equal rank at random."""
    return torch.argsort(rank.double() + torch.rand(len(rank), generator=generator, dtype=torch.float64))


class Mp3:
    """Which cell does each patch come from (Zhai et al. 2022; methods 1.1)? With patches dropped: JigsawViT (methods 1.6)."""

    beta2 = 0.95

    def __init__(self, config, recipe):
        settings = config['mp3']
        self.dropped, self.given = settings['masked'] == 'dropped', settings['given']
        self.shape = Shape(config, recipe, positions=self.given > 0, class_token=settings['classToken'] == 'context')

    def parameters(self):
        return self.shape.parameters() + linear_parameters('head_position', self.shape.width, self.shape.patches)

    def task(self, config, generator):
        return {'order': torch.randperm(self.shape.patches, generator=generator)[None]}

    def loss(self, w, task, config, teacher=None, chance=None):
        n = self.shape.patches
        context = max(1, n - math.floor(config['task']['maskRatio'] * n + 1e-9))
        kept = context if self.dropped else n
        anchors = min(math.floor(self.given * n + 0.5), context, kept - 1)
        order = task['order'][:, :kept]
        tokens = linear(w, 'patch_embed.proj', rows_of(task['patches'], order))
        if anchors > 0:
            told = placed(w, self.shape, tokens[:, :anchors], order[:, :anchors])
            tokens = torch.cat([told, tokens[:, anchors:]], dim=1)
        encoded = encode(w, self.shape, tokens, context, chance)[:, int(self.shape.class_token):]
        logits = linear(w, 'head_position', encoded)
        return F.cross_entropy(logits.reshape(-1, n), order.reshape(-1))


class Mae:
    """Paint the patches that were removed (He et al. 2022; methods 2.1)."""

    beta2 = 0.95

    def __init__(self, config, recipe):
        settings = config['mae']
        self.shape = Shape(config, recipe)
        self.width, self.depth = settings['decoderWidth'], settings['decoderDepth']
        self.normalised = settings['target'] == 'normalised'

    def parameters(self):
        n, width = self.shape.patches, self.width
        return [
            *self.shape.parameters(),
            *linear_parameters('decoder_embed', self.shape.width, width),
            parameter('mask_token', width),
            parameter('decoder_pos_embed', n + 1, width, trained=False),
            *(p for layer in range(self.depth) for p in block_parameters(f'decoder_blocks.{layer}', width)),
            *norm_parameters('decoder_norm', width),
            *linear_parameters('decoder_pred', width, self.shape.length),
        ]

    def task(self, config, generator):
        return {'order': torch.randperm(self.shape.patches, generator=generator)[None]}

    def loss(self, w, task, config, teacher=None, chance=None):
        patches, order = task['patches'], task['order']
        kept = kept_count(self.shape.patches, config['task']['maskRatio'])
        seen = order[:, :kept]
        tokens = placed(w, self.shape, linear(w, 'patch_embed.proj', rows_of(patches, seen)), seen)
        latent = linear(w, 'decoder_embed', encode(w, self.shape, tokens, None, chance))
        masks = w['mask_token'].expand(len(order), order.shape[1] - kept, -1)
        class_row = torch.zeros_like(order[:, :1])
        x = torch.cat([latent, masks], dim=1) + w['decoder_pos_embed'][torch.cat([class_row, order + 1], dim=1)]
        x = run_blocks(w, 'decoder_blocks', x, self.depth, self.width // 32)
        painted = linear(w, 'decoder_pred', norm(w, 'decoder_norm', x)[:, 1 + kept:])
        target = rows_of(patches, order[:, kept:])
        if self.normalised:
            variance = target.var(dim=-1, keepdim=True, unbiased=True)
            target = (target - target.mean(dim=-1, keepdim=True)) / torch.sqrt(variance + PATCH_EPSILON)
        return F.mse_loss(painted, target)


class SimMim:
    """Paint what was masked, mask tokens inside the encoder (Xie et al. 2022; methods 2.2)."""

    beta2 = 0.95

    def __init__(self, config, recipe):
        self.shape = Shape(config, recipe)
        self.unit = config['simmim']['maskUnit']

    def parameters(self):
        return [
            *self.shape.parameters(),
            parameter('mask_token', self.shape.width),
            *linear_parameters('head_pixels', self.shape.width, self.shape.length),
        ]

    def units(self):
        return [-(-side // self.unit) for side in self.shape.grid]

    def kept(self, config):
        units = math.prod(self.units())
        removed = math.ceil(config['task']['maskRatio'] * units - 1e-9)
        return self.shape.patches - self.shape.patches * removed // units

    def task(self, config, generator):
        """Whole units of cells are masked, every set of them equally likely."""
        rank = torch.randperm(math.prod(self.units()), generator=generator)
        columns = self.shape.grid[-1]
        cells = torch.arange(self.shape.patches)
        unit = cells // columns // self.unit * self.units()[-1] + cells % columns // self.unit
        return {'order': lowest_first(rank[unit], generator)[None]}

    def loss(self, w, task, config, teacher=None, chance=None):
        patches, order, kept = task['patches'], task['order'], self.kept(config)
        seen = linear(w, 'patch_embed.proj', rows_of(patches, order[:, :kept]))
        masks = w['mask_token'].expand(len(order), order.shape[1] - kept, -1)
        tokens = placed(w, self.shape, torch.cat([seen, masks], dim=1), order)
        painted = linear(w, 'head_pixels', encode(w, self.shape, tokens, None, chance)[:, 1 + kept:])
        return F.l1_loss(painted, rows_of(patches, order[:, kept:]))


class Data2Vec:
    """Predict what a teacher, the student's moving average, makes of the whole sample (Baevski et al. 2023; methods 3)."""

    beta2 = 0.95

    def __init__(self, config, recipe):
        self.shape = Shape(config, recipe, post_norm=True)
        settings = config['data2vec']
        self.layers, self.kernel, self.groups = (settings[f'decoder{part}'] for part in ('Depth', 'Kernel', 'Groups'))
        self.blocks = self.shape.depth if settings['layers'] == 0 else min(settings['layers'], self.shape.depth)
        self.normalised = settings['targetNorm'] == 'layer'

    def parameters(self):
        width, taps = self.shape.width, self.kernel ** len(self.shape.grid)
        convolutions = []
        for i in range(self.layers):
            convolutions.append(parameter(f'decoder.{i}.conv.weight', taps, width // self.groups, width))
            convolutions.append(parameter(f'decoder.{i}.conv.bias', width))
        return self.shape.parameters() + convolutions + linear_parameters('decoder.proj', width, width)

    def kept(self, config):
        return min(self.shape.patches - 1, max(1, kept_count(self.shape.patches, config['task']['maskRatio'])))

    def keep(self, step, config, total):
        """Share of itself that the teacher keeps after update `step` (methods 3.4)."""
        start, end, climb = (config['data2vec'][f'average{part}'] for part in ('Start', 'End', 'Climb'))
        climbed = step / (climb * total) if step < climb * total else 1
        share = start + (end - start) * climbed
        return share ** (AVERAGE_STEPS / total) if config['data2vec']['scaleAverage'] else share

    def task(self, config, generator):
        n, kept = self.shape.patches, self.kept(config)
        orders = torch.stack([self.mask(config, kept, generator) for _ in range(config['data2vec']['masks'])])
        noise = torch.randn(len(orders), n - kept, self.shape.width, generator=generator) * NOISE_DEVIATION
        return {'order': orders, 'noise': noise}

    def mask(self, config, kept, generator):
        """Blocks that stay ("inverse"), or that are removed, made exact at random (methods 3.5, 3.6)."""
        settings, grid = config['data2vec'], self.shape.grid
        rows, columns = (1, grid[0]) if len(grid) == 1 else grid
        n, block, ratio = rows * columns, settings['block'], config['task']['maskRatio']
        inverse = settings['mask'] == 'inverse'
        share = 1 - ratio if inverse else ratio
        covered = torch.zeros(rows, columns)
        for _ in range(math.floor(n * (share + settings['adjust']) / block ** len(grid) + 1e-9)):
            centre = int(torch.randint(n, (1,), generator=generator))
            top, left = centre // columns - block // 2, centre % columns - block // 2
            covered[max(0, top):max(0, top + block), max(0, left):max(0, left + block)] = 1
        order = lowest_first((1 - covered if inverse else covered).flatten(), generator)
        return torch.cat([part[torch.randperm(len(part), generator=generator)] for part in (order[:kept], order[kept:])])

    def targets(self, teacher, patches):
        """(B, n, d): instance norm of what the last K MLPs add, their mean, layer norm for pictures (methods 3.2)."""
        with torch.no_grad():
            fed, cells = [], torch.arange(self.shape.patches, device=patches.device).expand(len(patches), -1)
            encode(teacher, self.shape, placed(teacher, self.shape, linear(teacher, 'patch_embed.proj', patches), cells), fed=fed)
            normed = [F.instance_norm(f[:, 1:].transpose(1, 2), eps=TARGET_EPSILON) for f in fed[-self.blocks:]]
            mean = (sum(normed) / len(normed)).transpose(1, 2)
            return F.layer_norm(mean, mean.shape[-1:], eps=TARGET_EPSILON) if self.normalised else mean

    def decode(self, w, x):
        """Grouped convolutions over the cells (B, n, d) (methods 3.1)."""
        width, grid = self.shape.width, self.shape.grid
        x = x.transpose(1, 2).reshape(len(x), width, *grid)
        convolve = F.conv2d if len(grid) == 2 else F.conv1d
        for i in range(self.layers):
            taps = w[f'decoder.{i}.conv.weight'].reshape(*[self.kernel] * len(grid), width // self.groups, width)
            taps = taps.permute(-1, -2, *range(len(grid)))
            y = convolve(x, taps, w[f'decoder.{i}.conv.bias'], padding=self.kernel // 2, groups=self.groups)
            x = x + F.gelu(F.layer_norm(y.movedim(1, -1), (width,), eps=TARGET_EPSILON).movedim(-1, 1))
        return x.flatten(2).transpose(1, 2)

    def loss(self, w, task, config, teacher=None, chance=None):
        patches, order, noise = task['patches'], task['order'], task['noise']
        kept, masks = self.kept(config), len(order) // len(patches)
        seen, removed = order[:, :kept], order[:, kept:]
        clones = patches.repeat_interleave(masks, dim=0)  # sample b, mask m: row b M + m
        tokens = placed(w, self.shape, linear(w, 'patch_embed.proj', rows_of(clones, seen)), seen)
        encoded = encode(w, self.shape, tokens, None, chance)
        cells = rows_of(torch.cat([encoded[:, 1:], noise], dim=1), torch.argsort(order, dim=1))
        prediction = linear(w, 'decoder.proj', rows_of(self.decode(w, cells), removed))
        whole = self.targets(teacher, patches).repeat_interleave(masks, dim=0)
        root = math.sqrt(self.shape.width)
        loss = F.mse_loss(prediction, rows_of(whole, removed)) * root
        weight = config['data2vec']['classLoss']
        return loss + weight * root * F.mse_loss(encoded[:, 0], whole.mean(dim=1)) if weight > 0 else loss


OBJECTIVES = {'mp3': Mp3, 'mae': Mae, 'simmim': SimMim, 'data2vec': Data2Vec}

GOES_ON = 'The run goes on in Patchwork: in the page, or with "train --resume".'
OWN_LOOP = 'For a training loop of your own, modeling_patchwork.py of "Take home" has the model in PyTorch.'
FINE_TUNE = 'With labels, PyTorch programs fine-tune the folders timm/ and transformers/ of "Take home", or the model in modeling_patchwork.py.'


def why_not(config, recipe):
    """Why a run does not go on here, and what can be done instead; None where it does. The page says the same (home/further.ts)."""
    name, kind = config['task']['objective'], recipe['modality']
    if name == 'supervised':
        return f'Training with labels does not go on in PyTorch. {GOES_ON} {FINE_TUNE}'
    if kind == 'text':
        reason = 'Only runs on pictures or on sounds go on in PyTorch, and this one reads texts.'
    elif kind == 'pair':
        reason = 'Only runs on pictures or on sounds go on in PyTorch, and this one reads several senses of a sample.'
    elif name not in OBJECTIVES:
        reason = 'Only MP3, JigsawViT, MAE, SimMIM and data2vec 2.0 go on in PyTorch. Of self-distillation each phase is a run that starts from the one before.'
    elif name == 'mae' and config['mae']['mask'] != 'random':
        reason = 'MAE goes on in PyTorch with scattered masks only, not with blocks.'
    elif name == 'mae' and config['mae']['target'] in ('pca', 'tokens'):
        reason = 'MAE goes on in PyTorch with pixels as its target only: what PCA and code book learned from patches is not in the file.'
    elif name == 'mae' and config['mae'].get('encoderSees') == 'all':
        reason = 'MAE goes on in PyTorch with an encoder that sees kept patches alone, not mask tokens.'
    elif kind == 'picture' and any(config['picture'].get(name, 0) > 0 for name in ('brightness', 'contrast', 'saturation')):
        reason = 'Pictures of changed colours (brightness, contrast, saturation) are not drawn in PyTorch.'
    elif name == 'mp3' and config['mp3']['masked'] == 'positions':
        reason = 'DropPos does not go on in PyTorch: only MP3 and JigsawViT do.'
    elif kind == 'sound' and recipe['features'] != 'log-mel':
        reason = 'Sounds go on in PyTorch as log-mel bands, not as MFCC.'
    else:
        return None
    return f'{reason} {GOES_ON} {OWN_LOOP}'


def refuse_others(record):
    reason = why_not(record['config'], record['data']['recipe'])
    if reason is not None:
        raise Refusal(reason)


# ---------------------------------------------------------------- training


class Learner(torch.nn.Module):
    """All parameters in one flat vector, as Patchwork has them: one vector to keep, to average over processes and to update."""

    def __init__(self, file):
        super().__init__()
        record = file.record
        self.config, self.total = record['config'], record['config']['optimiser']['steps']
        refuse_others(record)
        name, recipe = self.config['task']['objective'], record['data']['recipe']
        self.objective = OBJECTIVES[name](self.config, recipe)
        self.list = self.objective.parameters()
        self.lengths = [math.prod(p.shape) for p in self.list]
        text = '\n'.join(f'{p.name} {"x".join(map(str, p.shape))}' for p in self.list)
        if zlib.crc32(text.encode()) != record['layout'] or sum(self.lengths) != len(file.vectors['parameters']):
            raise Refusal('The run has other parameters than this program expects: they are of different versions of Patchwork.')
        self.flat = torch.nn.Parameter(file.vectors['parameters'].clone())
        self.register_buffer('first', file.vectors['first_moment'].clone())
        self.register_buffer('second', file.vectors['second_moment'].clone())
        self.register_buffer('teacher', file.vectors['teacher'].clone() if 'teacher' in file.vectors else None)
        self.register_buffer('rate', self.spread([float(p.trained) for p in self.list]))
        self.register_buffer('decay', self.spread([float(p.decayed) for p in self.list]))
        self.steps, self.cursor, self.since = (record[key] for key in ('steps', 'cursor', 'optimiserSince'))

    def spread(self, values):
        return torch.cat([torch.full((length,), value) for value, length in zip(values, self.lengths)])

    def named(self, flat):
        """The first parameters of a flat vector as named tensors, as far as it goes."""
        lengths, total = [], 0
        for length in self.lengths:
            if total == len(flat):
                break
            lengths.append(length)
            total += length
        parts = torch.split(flat, lengths)
        return {p.name: part.reshape(p.shape) for p, part in zip(self.list, parts)}

    def forward(self, task, chance=None):
        teacher = None if self.teacher is None else self.named(self.teacher)
        return self.objective.loss(self.named(self.flat), task, self.config, teacher, chance)

    def learning_rate(self):
        """Linear warm-up, then half a cosine to zero (methods 0)."""
        peak, warmup = (self.config['optimiser'][key] for key in ('learningRate', 'warmup'))
        if self.steps < warmup:
            return peak * (self.steps + 1) / warmup
        progress = min(1, (self.steps - warmup) / max(1, self.total - warmup))
        return 0.5 * peak * (1 + math.cos(math.pi * progress))

    @torch.no_grad()
    def update(self):
        """AdamW with decoupled decay, the gradient's norm clipped before (Loshchilov & Hutter 2019); then the teacher moves."""
        settings, beta2 = self.config['optimiser'], self.objective.beta2
        gradient = self.flat.grad * self.rate
        length = gradient.norm()
        if not torch.isfinite(length):
            raise Refusal(f'Step {self.steps + 1}: the gradient is no longer finite. The file holds an earlier step; lower the rate.')
        gradient *= torch.clamp(settings['clip'] / (length + 1e-6), max=1)
        step, rate = self.steps - self.since + 1, self.learning_rate()
        self.first.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
        self.second.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        corrected = self.first / (1 - BETA1 ** step), self.second / (1 - beta2 ** step)
        self.flat *= 1 - rate * settings['weightDecay'] * self.decay * self.rate
        self.flat -= rate * self.rate * corrected[0] / (corrected[1].sqrt() + ADAM_EPSILON)
        self.flat.grad = None
        if self.teacher is not None:
            share = self.objective.keep(self.steps, self.config, self.total)
            self.teacher.mul_(share).add_(self.flat[:len(self.teacher)], alpha=1 - share)
        self.steps += 1
        self.cursor += settings['batch']
        return length.item()

    def vectors(self):
        found = {'parameters': self.flat, 'first_moment': self.first, 'second_moment': self.second}
        return found if self.teacher is None else {**found, 'teacher': self.teacher}


# ---------------------------------------------------------------- samples


def tokens_of(recipe):
    """([rows, columns] or [n], numbers in a token) of what a run's samples are cut into."""
    if recipe['modality'] == 'picture':
        side = recipe['size'] // recipe['patch']
        return [side, side], recipe['patch'] ** 2 * recipe['channels']
    if recipe['kind'] == 'patches':
        return [recipe['bins'] // 8, recipe['pieces']], 64
    frames = 1 if recipe['kind'] == 'frames' else recipe['framesPerToken']
    return [recipe['pieces']], frames * recipe['bins']


class Pictures:
    """A folder of pictures, of any depth: the largest square in the middle, brought to the run's size (area mean)."""

    endings = ('.jpg', '.jpeg', '.png', '.webp', '.bmp', '.gif', '.tif', '.tiff', '.ppm', '.pgm')

    def __init__(self, recipe, config):
        self.size, self.channels, self.patch = recipe['size'], recipe['channels'], recipe['patch']
        self.mean, self.deviation = (torch.tensor(recipe[key]) for key in ('mean', 'deviation'))
        self.flip, self.crop = config['picture']['flip'], config['picture']['minCrop']

    def read(self, path):
        """(channels, size, size) bytes"""
        try:
            from PIL import Image, ImageOps
        except ImportError:
            raise Refusal('Reading pictures needs Pillow: pip install pillow, or Debian\'s python3-pil.') from None
        import numpy
        with Image.open(path) as opened:
            image = ImageOps.exif_transpose(opened).convert('RGBA')
        white = Image.new('RGBA', image.size, 'white')
        image = Image.alpha_composite(white, image).convert('RGB' if self.channels == 3 else 'L')
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        filter = Image.BOX if side > self.size else Image.BILINEAR
        image = image.crop((left, top, left + side, top + side)).resize((self.size, self.size), filter)
        return torch.from_numpy(numpy.array(image).reshape(self.size, self.size, self.channels)).permute(2, 0, 1)

    def cut(self, picture, generator):
        """Looks at a picture (channels, S, S) as the settings say: (n, numbers) normalised patches."""
        x = self.cropped(picture.float(), generator) if self.crop < 1 else picture.float()
        if self.flip and torch.rand(1, generator=generator) < 0.5:
            x = x.flip(-1)
        x = (x - self.mean.view(-1, 1, 1)) / self.deviation.view(-1, 1, 1)
        side, patch = self.size // self.patch, self.patch
        x = x.reshape(self.channels, side, patch, side, patch)
        return x.permute(1, 3, 2, 4, 0).reshape(side * side, -1)  # row, column, channel within a patch

    def cropped(self, picture, generator):
        """A square of a random share of the area, brought back to full size."""
        share, left, top = torch.rand(3, generator=generator).tolist()
        side = math.sqrt(self.crop + (1 - self.crop) * share)
        centre = [(1 - side) * (2 * place - 1) for place in (left, top)]
        view = torch.tensor([[[side, 0, centre[0]], [0, side, centre[1]]]])
        grid = F.affine_grid(view, (1, *picture.shape), align_corners=False)
        return F.grid_sample(picture[None], grid, padding_mode='border', align_corners=False)[0]


class Sounds:
    """A folder of WAV files, of any depth: the first clip of each as log-mel tokens (Patchwork's front end, sound)."""

    endings = ('.wav',)

    def __init__(self, recipe, config):
        self.recipe = recipe
        self.mean, self.deviation = (torch.tensor(recipe[key]) for key in ('mean', 'deviation'))
        self.samples = math.floor(recipe['seconds'] * recipe['rate'] + 0.5)

    def read(self, path):
        """(n, numbers) normalised tokens; a clip that is too short is filled up with silence."""
        x = self.waveform(path)[:self.samples]
        return self.tokens(F.pad(x, (0, self.samples - len(x))))

    def waveform(self, path):
        """Mono at the run's rate, -1 to 1."""
        try:
            with wave.open(str(path)) as file:
                rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
                data = file.readframes(file.getnframes())
        except (wave.Error, EOFError) as error:
            raise Refusal(f'{path}: {error}. Only WAV files of whole numbers are read here: convert the others.') from None
        if width == 3:  # to 32 bits
            raw = torch.frombuffer(bytearray(data), dtype=torch.uint8).reshape(-1, 3)
            data, width = torch.cat([torch.zeros(len(raw), 1, dtype=torch.uint8), raw], dim=1).numpy().tobytes(), 4
        kind = {1: torch.uint8, 2: torch.int16, 4: torch.int32}[width]
        x = torch.frombuffer(bytearray(data), dtype=kind).double()
        x = (x - 128) / 128 if width == 1 else x / 2.0 ** (8 * width - 1)
        x = x.reshape(-1, channels).mean(dim=1)
        return resampled(x, rate, self.recipe['rate'])

    def tokens(self, x):
        recipe = self.recipe
        starts, window, size = framing(recipe, len(x))
        frames = torch.stack([x[start:start + window] for start in starts])
        frames = frames * (0.5 - 0.5 * torch.cos(2 * math.pi * torch.arange(window, dtype=torch.float64) / window))
        power = torch.fft.rfft(frames, size).abs() ** 2 * (512 * 512 / (window * size))
        logs = torch.log(power @ mel_bank(recipe, size) + 1e-6).float()  # (frames, bands)
        logs = (logs - self.mean) / (self.deviation + 1e-5)
        if recipe['kind'] != 'patches':
            return logs.reshape(tokens_of(recipe)[0][0], -1)
        rows, columns = tokens_of(recipe)[0]
        picture = logs.T.flip(0)  # highest band first, time to the right
        return picture.reshape(rows, 8, columns, -1).permute(0, 2, 1, 3).reshape(rows * columns, -1)

    def cut(self, tokens, generator):
        return tokens


def framing(recipe, samples):
    """First samples of the frames of a clip, their length, and that of the transform."""
    kind, pieces, frames = recipe['kind'], recipe['pieces'], recipe['framesPerToken']

    def spread(count, last):
        return [(last + 1) // 2] if count == 1 else [math.floor(i * last / (count - 1) + 0.5) for i in range(count)]

    if kind == 'frames':
        return range(0, samples - 480 + 1, 160), 480, 512
    if kind == 'pieces':
        piece = samples // pieces
        window = 512 if piece >= 768 else 256
        return [k * samples // pieces + inside for k in range(pieces) for inside in spread(frames, piece - window)], window, window
    return spread(pieces * frames, samples - 512), 512, 512


def mel_bank(recipe, size):
    """(bins of the transform, bands)"""
    def mel(f):
        return 1127 * torch.log(1 + torch.as_tensor(f, dtype=torch.float64) / 700)

    edges = torch.linspace(0, 1, recipe['bins'] + 2, dtype=torch.float64)
    edges = mel(recipe['low']) + edges * (mel(recipe['high']) - mel(recipe['low']))
    bins = mel(torch.arange(size // 2 + 1) * recipe['rate'] / size)[:, None]
    weights = torch.minimum((bins - edges[:-2]) / edges.diff()[:-1], (edges[2:] - bins) / edges.diff()[1:]).clamp(min=0)
    weights[0] = 0
    return weights


def resampled(x, rate, wanted):
    """Windowed sinc, 16 zero crossings a side."""
    if rate == wanted or len(x) == 0:
        return x
    shrink = math.gcd(rate, wanted)
    up, down = wanted // shrink, rate // shrink
    cut = min(1.0, wanted / rate)
    half = math.ceil(16 / cut)
    places = torch.arange(len(x) * up // down, dtype=torch.float64) * down / up
    first = places.floor().long()
    total = torch.zeros(len(places), dtype=torch.float64)
    padded = F.pad(x, (half, half + 1))
    for offset in range(-half + 1, half + 1):
        distance = places - (first + offset)
        taper = 0.5 + 0.5 * torch.cos(math.pi * distance / half)
        total += padded[first + offset + half] * cut * torch.sinc(cut * distance) * taper
    return total


class Folder:
    """Samples of a folder, read when they are first wanted and kept as far as memory allows."""

    def __init__(self, place, kind, memory):
        self.kind, self.kept, self.free = kind, {}, memory
        self.paths = sorted(p for p in Path(place).rglob('*') if p.suffix.lower() in kind.endings and not p.name.startswith('.'))
        if not self.paths:
            raise Refusal(f'{place} holds none of {", ".join(kind.endings)}.')
        self.pool = ThreadPoolExecutor(min(8, os.cpu_count() or 1))
        self.order, self.epoch = None, -1

    def read(self, index):
        found = self.kept.get(index)
        if found is None:
            found = self.kind.read(self.paths[index])
            size = found.numel() * found.element_size()
            if size <= self.free:
                self.free -= size
                self.kept[index] = found
        return found

    def index_at(self, position, seed):
        """Which sample stands at a place of the endless row of shuffled epochs."""
        epoch = position // len(self.paths)
        if epoch != self.epoch:
            self.order = torch.randperm(len(self.paths), generator=seeded(seed, 'epoch', epoch))
            self.epoch = epoch
        return int(self.order[position % len(self.paths)])

    def samples(self, positions, seed):
        """Those at some places of it, looked at once more."""
        indices = [self.index_at(position, seed) for position in positions]
        read = self.pool.map(self.read, indices)
        return torch.stack([self.kind.cut(found, seeded(seed, 'look', at)) for at, found in zip(positions, read)])


def seeded(seed, name, number):
    """A generator that depends on nothing but its name: a step can be drawn again, in any process."""
    generator = torch.Generator()
    generator.manual_seed(zlib.crc32(f'{seed} {name}'.encode()) * 2**31 + number)
    return generator


# ---------------------------------------------------------------- the command


def draw(learner, folder, rank, world):
    """This process's share of the step's batch: sample for sample the same, however many processes share it."""
    batch, seed = (learner.config['optimiser'][key] for key in ('batch', 'seed'))
    share = range(rank * batch // world, (rank + 1) * batch // world)
    positions = [learner.cursor + i for i in share]
    tasks = [learner.objective.task(learner.config, seeded(seed, 'task', at)) for at in positions]
    task = {name: torch.cat([one[name] for one in tasks]) for name in tasks[0]}
    return {'patches': folder.samples(positions, seed), **task}


class Stop:
    """Signals end the loop between steps, in every process after the same one."""

    def __init__(self):
        self.code = 0
        for name, code in (('SIGINT', 130), ('SIGTERM', 143), ('SIGHUP', 129), ('SIGUSR1', PATIENCE)):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_, code=code: self.ask(code))

    def ask(self, code):
        self.code = code

    def agreed(self, device):
        if not dist.is_initialized():
            return self.code
        code = torch.tensor(self.code, device=device)
        dist.all_reduce(code, dist.ReduceOp.MAX)
        return int(code)


def save(file, learner, path):
    file.record.update(steps=learner.steps, cursor=learner.cursor, savedAt=int(time.time() * 1000))
    file.write(path, learner.vectors())


def take_over(record, device, place, steps):
    """Writes into the record what goes on from here, and with which samples and settings."""
    since, settings = record['steps'], record['config']['optimiser']
    device = f'PyTorch {torch.__version__} on {device}, with {place}'
    record['engine'].append({'backend': 'torch', 'device': device, 'version': record['engine'][-1]['version'], 'since': since})
    if steps is not None and steps != settings['steps']:
        record['liveChanges'].append({'step': since, 'path': 'optimiser.steps', 'from': settings['steps'], 'to': steps})
        settings['steps'] = steps


def train(args):
    rank, world = int(os.environ.get('RANK', 0)), int(os.environ.get('WORLD_SIZE', 1))
    local = int(os.environ.get('LOCAL_RANK', 0))
    cuda = torch.cuda.is_available() if args.device == 'auto' else args.device == 'cuda'
    device = torch.device('cuda', local) if cuda else torch.device('cpu')
    if world > 1:
        dist.init_process_group('nccl' if cuda else 'gloo')
    file = RunFile(args.run)
    refuse_others(file.record)
    config, recipe = file.record['config'], file.record['data']['recipe']
    device_name = torch.cuda.get_device_name(device) if cuda else platform.processor() or platform.machine()
    kind = (Pictures if recipe['modality'] == 'picture' else Sounds)(recipe, config)
    folder = Folder(args.data, kind, int(args.memory * 2**30))
    samples = f'{len(folder.paths)} samples of {Path(args.data).resolve().name}'
    take_over(file.record, f'{world} x {device_name}', samples, args.steps)
    if config['optimiser']['batch'] % world != 0:
        raise Refusal(f'A batch of {config["optimiser"]["batch"]} samples cannot be shared evenly by {world} processes.')
    learner = Learner(file).to(device)
    if learner.steps >= learner.total:
        raise Refusal(f'The run is at its end, step {learner.steps} of {learner.total}: --steps N takes it further.')
    model = torch.nn.parallel.DistributedDataParallel(learner, broadcast_buffers=False) if world > 1 else learner
    tell = print if rank == 0 else (lambda *_, **__: None)
    tell(f'{config["task"]["objective"]}, step {learner.steps} of {learner.total}, {samples}, {world} x {device_name}', flush=True)
    stop, saved, times = Stop(), time.monotonic(), []
    while learner.steps < learner.total and not (code := stop.agreed(device)):
        started = time.monotonic()
        task = {name: value.to(device) for name, value in draw(learner, folder, rank, world).items()}
        chance = Chance(seeded(config['optimiser']['seed'], 'drop path', learner.steps), rank, world)
        loss = model(task, chance)
        loss.backward()
        length = learner.update()
        times.append(time.monotonic() - started)
        if learner.steps % args.report == 0 or learner.steps == learner.total:
            shown = loss.detach() / world
            if world > 1:
                dist.all_reduce(shown)
            tell(json.dumps({'step': learner.steps, 'loss': float(shown), 'gradientNorm': length,
                             'millisecondsPerStep': 1000 * sum(times) / len(times)}), flush=True)
            times = []
        if rank == 0 and time.monotonic() - saved >= args.every:
            save(file, learner, args.out)
            saved = time.monotonic()
    if rank == 0:
        save(file, learner, args.out)
        tell(json.dumps({'event': 'saved', 'step': learner.steps, 'file': str(args.out)}), flush=True)
    if world > 1:
        dist.destroy_process_group()
    return code if learner.steps < learner.total else 0


def check(args):
    """Losses of given tasks, one update after each: how Patchwork proves that both compute the same."""
    file = RunFile(args.run)
    learner = Learner(file)
    tensors, _ = read_safetensors(Path(args.check).read_bytes())
    for step in range(len({name.split('.')[0] for name in tensors})):
        task = {name.split('.')[1]: value for name, value in tensors.items() if name.startswith(f'{step}.')}
        task['order'] = task['order'].long()
        loss = learner(task)
        loss.backward()
        learner.update()
        print(json.dumps({'step': learner.steps, 'loss': loss.item()}))
    if args.out is not None:
        save(file, learner, args.out)


def main():
    parser = argparse.ArgumentParser(description='Goes on with a run of Patchwork in PyTorch.')
    parser.add_argument('run', help='the run, as "Save run" or --checkpoint wrote it')
    parser.add_argument('--data', help='folder of pictures or of WAV files, of any depth')
    parser.add_argument('--out', help='where the run is written, every --every seconds and at the end')
    parser.add_argument('--steps', type=int, help='steps of the whole run, in place of its own; the schedule follows')
    parser.add_argument('--every', type=float, default=60, help='seconds from one save to the next (default 60)')
    parser.add_argument('--report', type=int, default=50, help='steps from one report to the next (default 50)')
    parser.add_argument('--memory', type=float, default=4, help='GiB of decoded samples that are kept (default 4)')
    parser.add_argument('--device', choices=('auto', 'cpu', 'cuda'), default='auto')
    parser.add_argument('--check', metavar='TASKS', help='print the losses of the tasks in a file, and end')
    args = parser.parse_args()
    try:
        if args.check is not None:
            return check(args)
        if args.data is None or args.out is None:
            raise Refusal('--data says what to learn from, --out where to write the run.')
        return train(args)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2


if __name__ == '__main__':
    sys.exit(main())
