"""Every model of Patchwork in PyTorch, from its model.safetensors: nothing but torch is needed.

    import torch
    from modeling_patchwork import load
    model = load('model.safetensors')                 # an nn.Module; its state_dict has the file's names
    out = model(model.tokens(pixels))                 # pixels (B, C, S, S), 0..255
    out['last_hidden_state'], out['pooled']           # (B, N, d), (B, d); with a head also logits or position_logits

Tokens are what the encoder reads: (B, n, numbers) of pictures and sounds, (B, n) ids of words. A class token, where there is one, is
row 0 of the states. Of samples with several senses, pass {'picture': tokens, 'sound': tokens, 'text': ids}, or only some of them.
"""
import json
import math
import struct
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

EPSILON = 1e-6  # of every layer norm
SENSES = ('picture', 'sound', 'text')
FIRST_SHOWN = 2  # ids below stand for empty places and masked words: they are left out of a text's mean
DTYPES = {'F32': torch.float32, 'F16': torch.float16, 'BF16': torch.bfloat16}


def read_safetensors(file):
    """Tensors by name, as float32, and the metadata."""
    data = Path(file).read_bytes()
    start = 8 + struct.unpack('<Q', data[:8])[0]
    header = json.loads(data[8:start])
    metadata = header.pop('__metadata__', {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry['data_offsets']
        values = torch.frombuffer(bytearray(data[start + begin:start + end]), dtype=DTYPES[entry['dtype']])
        tensors[name] = values.reshape(entry['shape']).float()
    return tensors, metadata


def load(file):
    """@param file model.safetensors, or the folder that it lies in"""
    path = Path(file)
    tensors, metadata = read_safetensors(path / 'model.safetensors' if path.is_dir() else path)
    return Patchwork({name: values for name, values in tensors.items() if not name.startswith('state.')}, metadata).eval()


class Tree(nn.Module):
    """Parameters below modules that their names spell: state_dict() has the file's names."""

    def __init__(self, tensors):
        super().__init__()
        below = {}
        for name, values in tensors.items():
            first, _, rest = name.partition('.')
            if rest:
                below.setdefault(first, {})[rest] = values
            else:
                self._parameters[first] = nn.Parameter(values)
        for name, values in below.items():
            self._modules[name] = Tree(values)


def linear(w, name, x):
    return F.linear(x, w[f'{name}.weight'], w[f'{name}.bias'])


def norm(w, name, x):
    return F.layer_norm(x, x.shape[-1:], w[f'{name}.weight'], w[f'{name}.bias'], EPSILON)


def attention(w, name, x, heads, bias):
    batch, length, width = x.shape
    q, k, v = linear(w, f'{name}.qkv', x).reshape(batch, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
    scores = q @ k.transpose(2, 3) / math.sqrt(width // heads)
    if bias is not None:
        scores = scores + bias
    return linear(w, f'{name}.proj', (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width))


def mlp(w, name, x):
    return linear(w, f'{name}.fc2', F.gelu(linear(w, f'{name}.fc1', x)))


def block(w, name, x, heads, after, bias=None):
    """@param after whether norms come after the branches are added (data2vec 2.0)"""
    if after:
        x = norm(w, f'{name}.norm1', x + attention(w, f'{name}.attn', x, heads, bias))
        return norm(w, f'{name}.norm2', x + mlp(w, f'{name}.mlp', x))
    x = x + attention(w, f'{name}.attn', norm(w, f'{name}.norm1', x), heads, bias)
    return x + mlp(w, f'{name}.mlp', norm(w, f'{name}.norm2', x))


def stack(w, prefix, x, heads, after=False, grid=None, token=False):
    for i in range(len({name.split('.')[1] for name in w if name.startswith(f'{prefix}.')})):
        table = w.get(f'{prefix}.{i}.attn.relative_position_bias_table')
        bias = None if table is None else table[relative_index(grid, token)].permute(2, 0, 1)
        x = block(w, f'{prefix}.{i}', x, heads, after, bias)
    return x


def relative_index(grid, token):
    """(N, N) rows of a table of relative positions (BEiT): offsets between cells; the last three are of the class token."""
    rows, columns = grid if len(grid) == 2 else (1, grid[0])
    cells = torch.stack(torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing='ij')).flatten(1)
    down, across = cells[:, :, None] - cells[:, None, :]
    index = (down + rows - 1) * (2 * columns - 1) + across + columns - 1
    if not token:
        return index
    offsets = (2 * rows - 1) * (2 * columns - 1)
    whole = index.new_empty(len(index) + 1, len(index) + 1)
    whole[1:, 1:], whole[0], whole[:, 0], whole[0, 0] = index, offsets, offsets + 1, offsets + 2
    return whole


class Patchwork(Tree):
    def __init__(self, tensors, metadata):
        super().__init__(tensors)
        self.config = json.loads(metadata['patchwork.config'])
        self.recipe = json.loads(metadata.get('patchwork.tokens', '{}'))
        self.objective = self.config['task']['objective']
        self.classes = json.loads(metadata.get('patchwork.classes', '[]'))
        self.pooling = metadata.get('patchwork.pooling', 'class')
        self.heads = self.config['model']['heads']
        self.mean, self.deviation = ([float(v) for v in json.loads(metadata.get(f'patchwork.{key}', '[]'))] for key in ('mean', 'deviation'))
        for name, values in self.named_parameters():
            if name.endswith('pos_embed') or '.pos_embed' in name or name.startswith('decoder_pos_embed'):
                values.requires_grad_(self.config['supervised']['positions'] == 'learned' and self.objective == 'supervised')

    @property
    def weights(self):
        return dict(self.named_parameters())

    # ---------------------------------------------------------------- from samples to tokens

    def tokens(self, samples):
        """Pictures (B, C, S, S), 0..255: (B, n, p p C) normalised. Clips of sound (B, samples), -1..1: (B, n, numbers) normalised."""
        if samples.dim() == 2:
            return torch.stack([self.sound_tokens(clip) for clip in samples])
        mean, deviation = (torch.tensor(values, dtype=samples.dtype).view(-1, 1, 1) for values in (self.mean, self.deviation))
        return self.patches((samples - mean) / deviation)

    def patches(self, pixel_values):
        """(B, C, S, S), normalised: (B, n, p p C), each patch by row, column and channel."""
        side = self.config['picture']['patch']
        batch, channels, height, width = pixel_values.shape
        cut = pixel_values.reshape(batch, channels, height // side, side, width // side, side)
        return cut.permute(0, 2, 4, 3, 5, 1).reshape(batch, -1, side * side * channels)

    def sound_tokens(self, clip):
        """A clip at 16 kHz, -1..1: log-mel or MFCC of its frames, normalised by band."""
        front = self.recipe
        features = sound_frames(front, clip)
        features = (features - torch.tensor(front['mean'])) / (torch.tensor(front['deviation']) + 1e-5)
        if front['kind'] != 'patches':
            return features.reshape(-1, features.shape[1] * (1 if front['kind'] == 'frames' else front['framesPerToken']))
        columns, frames = front['pieces'], front['framesPerToken']
        picture = features.T.flip(0).reshape(-1, 8, columns, frames)  # the highest band first, time to the right
        return picture.permute(0, 2, 1, 3).reshape(-1, 8 * frames)

    # ---------------------------------------------------------------- the encoder

    def embed(self, w, tokens):
        table = w.get('text.embed.weight')
        if table is not None:
            return F.embedding(tokens.long().reshape(len(tokens), -1), table) * math.sqrt(table.shape[1])
        kernel = w['patch_embed.proj.weight']
        return F.linear(tokens, kernel.movedim(1, -1).flatten(1), w['patch_embed.proj.bias'])

    def encode(self, w, x, cells=None, placed=True):
        """
        @param x (B, n, d) embedded tokens
        @param cells (B, n) where each comes from; all, in order, unless given
        @param placed whether they are told where they stand
        """
        token, positions = w.get('cls_token'), w.get('pos_embed')
        first = 0 if token is None else 1
        if positions is not None and placed:
            own = positions[0, first:]
            x = x + (own if cells is None else own[cells])
        if token is not None:
            start = token if positions is None else token + positions[:, :1]
            x = torch.cat([start.expand(len(x), -1, -1), x], 1)
        after = 'norm_pre.weight' in w
        if after:
            x = norm(w, 'norm_pre', x)
        x = stack(w, 'blocks', x, self.heads, after, self.grid(w, x.shape[1] - first), token is not None)
        return norm(w, 'norm', x) if 'norm.weight' in w else x

    def grid(self, w, count):
        flat = 'text.embed.weight' in w or w['patch_embed.proj.weight'].dim() == 3
        if flat or self.recipe.get('modality') == 'sound' and self.recipe.get('kind') != 'patches':
            return (count,)
        if self.recipe.get('modality') == 'sound':
            return (self.recipe['bins'] // 8, count // (self.recipe['bins'] // 8))
        side = round(math.sqrt(count))
        return (side, side) if side * side == count else (count,)

    def pool(self, w, states, tokens):
        if 'text.embed.weight' in w:
            shown = (tokens.reshape(len(tokens), -1) >= FIRST_SHOWN).to(states.dtype)[..., None]
            return (states * shown).sum(1) / shown.sum(1).clamp(min=1)
        if self.pooling == 'class':
            return states[:, 0]
        mean = (states[:, 1:] if 'cls_token' in w else states).mean(1)
        return norm(w, 'fc_norm', mean) if 'fc_norm.weight' in w else mean

    def forward(self, tokens):
        w = self.weights
        if isinstance(tokens, dict):
            return self.forward_senses(w, tokens)
        x = self.embed(w, tokens)
        states = self.encode(w, x)
        out = {'last_hidden_state': states, 'pooled': self.pool(w, states, tokens)}
        if 'head.weight' in w:
            out['logits'] = linear(w, 'head', out['pooled'])
        if 'head_position.weight' in w:
            out['position_logits'] = self.where(w, x)
        return out

    # ---------------------------------------------------------------- what it learned to tell

    def where(self, w, x):
        """MP3 and its cousins: (B, n, n), from patches that are told no position."""
        if 'mask_position' in w:
            states = self.encode(w, x + w['mask_position'].reshape(-1), placed=False)
            decoded = norm(w, 'decoder_norm', stack(w, 'decoder_blocks', linear(w, 'decoder_embed', states), self.heads))
        else:
            decoded = self.encode(w, x, placed=False)
        return linear(w, 'head_position', decoded[:, 1:] if 'cls_token' in w else decoded)

    def paint(self, tokens, order, kept):
        """
        What stands in the places that are hidden: (B, n - kept, numbers), or (B, n - kept, words) logits.

        @param order (B, n) cells, those that are shown first
        """
        w = self.weights
        order = order.long()
        shown, rows = order[:, :kept], torch.arange(len(order))[:, None]
        if 'encoder_mask_token' in w:
            x = self.embed(w, tokens[rows, order])
            x[:, kept:] = w['encoder_mask_token'].reshape(-1)
            return self.read(w, self.decode(w, self.encode(w, x, order), order, kept))
        if 'decoder_embed.weight' in w:
            states = self.encode(w, self.embed(w, tokens[rows, shown]), shown)
            return self.read(w, self.decode(w, states, order, kept))
        if 'text.embed.weight' in w:
            ids = tokens.reshape(len(tokens), -1).clone()
            ids[rows, order[:, kept:]] = 1
            return self.read(w, self.encode(w, self.embed(w, ids))[rows, order[:, kept:]])
        x = self.embed(w, tokens)
        x[rows, order[:, kept:]] = w['mask_token'].reshape(-1)
        states = self.encode(w, x)
        return linear(w, 'head_pixels', (states[:, 1:] if 'cls_token' in w else states)[rows, order[:, kept:]])

    def decode(self, w, states, order, kept):
        """MAE's decoder: states of what is shown, and mask tokens behind them where the encoder had none."""
        token = 1 if 'cls_token' in w else 0
        x = linear(w, 'decoder_embed', states)
        if 'mask_token' in w:
            mask = w['mask_token'].reshape(1, 1, -1).expand(len(order), order.shape[1] - kept, -1)
            x = torch.cat([x, mask], 1)
        rows = torch.cat([order.new_zeros(len(order), 1), order + 1], 1) if token else order
        x = x + w['decoder_pos_embed'][0][rows]
        heads = x.shape[2] // 32 if x.shape[2] % 32 == 0 else 1
        return norm(w, 'decoder_norm', stack(w, 'decoder_blocks', x, heads))[:, token + kept:]

    def read(self, w, x):
        """Numbers of patches, or logits of words."""
        if 'decoder_pred.weight' in w:
            x = linear(w, 'decoder_pred', x)
        if 'head_words.bias' not in w:
            return x
        return F.linear(x, w.get('head_words.weight', w['text.embed.weight']), w['head_words.bias'])

    # ---------------------------------------------------------------- several senses

    def forward_senses(self, w, tokens):
        """An embedding of each sense that is shown, and their mean."""
        shown = [sense for sense in SENSES if sense in tokens]
        out, parts = {}, []
        for sense in shown:
            own = {name[len(sense) + 1:]: values for name, values in w.items() if name.startswith(f'{sense}.')}
            x = self.embed(own, tokens[sense])
            if f'type.{sense}' in w:
                x = x + own['pos_embed'] + w[f'type.{sense}']
                parts.append(self.encode(own, x, placed=False))
                continue
            out[f'embedding.{sense}'] = self.in_common(own, self.encode(own, x).mean(1))
        if parts:
            states = norm(w, 'joint_norm', block(w, 'joint.0', torch.cat(parts, 1), self.heads, False))
            out['last_hidden_state'] = states
            for sense, own in zip(shown, states.split([part.shape[1] for part in parts], 1)):
                out[f'embedding.{sense}'] = own.mean(1)
        out['pooled'] = torch.stack([out[f'embedding.{sense}'] for sense in shown]).mean(0)
        if 'head.weight' in w:
            out['logits'] = linear(w, 'head', out['pooled'])
        return out

    def in_common(self, own, mean):
        """The mean of tokens as it is, or in the space that all senses share, at the length of the root of its width."""
        if self.config['contrastive']['readout'] == 'before':
            return mean
        z = F.normalize(linear(own, 'proj', mean), dim=-1)
        return z * math.sqrt(z.shape[-1])


# ---------------------------------------------------------------- the front end of sounds


def sound_frames(front, clip):
    """(frames, bands) of a clip at 16 kHz: ln(mel power + 1e-6), or MFCC of 64 bands."""
    clip = clip.double()
    pieces, count = front['pieces'], front['framesPerToken']
    if front['kind'] == 'pieces':
        size = window = 512 if len(clip) // pieces >= 768 else 256
        starts = [k * len(clip) // pieces + inside for k in range(pieces) for inside in evenly(count, len(clip) // pieces - window)]
    elif front['kind'] == 'frames':
        window, size = 480, 512
        starts = list(range(0, len(clip) - window + 1, 160))
    else:
        size = window = 512
        starts = evenly(pieces * count, len(clip) - window)
    hann = 0.5 - 0.5 * torch.cos(2 * math.pi * torch.arange(window, dtype=torch.float64) / window)
    frames = torch.stack([clip[start:start + window] for start in starts]) * hann
    power = torch.fft.rfft(frames, size).abs() ** 2 * (512 * 512 / (window * size))
    bands = 64 if front['features'] == 'mfcc' else front['bins']
    logs = torch.log(power @ mel_bank(bands, size, front) + 1e-6)
    if front['features'] == 'mfcc':
        k, j = torch.arange(front['bins'])[:, None], torch.arange(64)
        logs = logs @ (math.sqrt(2 / 64) * torch.cos(math.pi * k * (2 * j + 1) / 128)).double().T
    return logs.float()


def evenly(count, last):
    """So many frames, from the first to the last sample that one may begin at; halves are rounded up."""
    if count == 1:
        return [(last + 1) // 2]
    return [math.floor(i * last / (count - 1) + 0.5) for i in range(count)]


def mel_bank(bands, size, front):
    """(bins, bands) triangles that touch, evenly on the mel scale."""
    mel = lambda hertz: 1127 * torch.log(1 + torch.as_tensor(hertz, dtype=torch.float64) / 700)
    edges = torch.linspace(float(mel(front['low'])), float(mel(front['high'])), bands + 2, dtype=torch.float64)
    bins = mel(torch.arange(size // 2 + 1, dtype=torch.float64) * front['rate'] / size)[:, None]
    up, down = (bins - edges[:-2]) / edges.diff()[:-1], (edges[2:] - bins) / edges.diff()[1:]
    weights = torch.minimum(up, down).clamp(min=0)
    weights[0] = 0
    return weights
