"""
check_folders.py FOLDER...: the folders for timm and transformers, loaded strictly into modules that have the published names of
theirs and nothing of their code, against the probe. With timm or transformers on the path they are asked themselves. One JSON object, {folder: {name: difference}}.
"""
import importlib
import inspect
import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

sys.path.insert(0, sys.argv[1])
from modeling_patchwork import read_safetensors, relative_index  # noqa: E402

EPSILON = 1e-6


class Box(nn.Module):
    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            setattr(self, name, part)


def norm(width):
    return nn.LayerNorm(width, eps=EPSILON)


def attend(q, k, v, heads, bias):
    split = lambda x: x.reshape(*x.shape[:2], heads, -1).transpose(1, 2)
    scores = split(q) @ split(k).transpose(2, 3) / math.sqrt(q.shape[2] // heads)
    scores = scores if bias is None else scores + bias
    return (scores.softmax(-1) @ split(v)).transpose(1, 2).flatten(2)


def relative(table, grid):
    return table[relative_index((grid, grid), True)].permute(2, 0, 1)


class Embedding(nn.Module):
    def __init__(self, patch, channels, width):
        super().__init__()
        self.proj = nn.Conv2d(channels, width, patch, patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


# ---------------------------------------------------------------- timm


class TimmBlock(nn.Module):
    def __init__(self, width, heads, table):
        super().__init__()
        self.norm1, self.norm2, self.heads = norm(width), norm(width), heads
        self.attn = Box(qkv=nn.Linear(width, 3 * width, bias=table == 0), proj=nn.Linear(width, width))
        if table:
            self.attn.q_bias, self.attn.v_bias = nn.Parameter(torch.empty(width)), nn.Parameter(torch.empty(width))
            self.attn.relative_position_bias_table = nn.Parameter(torch.empty(table, heads))
        self.mlp = Box(fc1=nn.Linear(width, 4 * width), fc2=nn.Linear(4 * width, width))

    def forward(self, x, grid):
        h, bias = self.norm1(x), None
        if hasattr(self.attn, 'q_bias'):
            zero = torch.zeros_like(self.attn.q_bias)
            qkv = F.linear(h, self.attn.qkv.weight, torch.cat([self.attn.q_bias, zero, self.attn.v_bias]))
            bias = relative(self.attn.relative_position_bias_table, grid)
        else:
            qkv = self.attn.qkv(h)
        x = x + self.attn.proj(attend(*qkv.chunk(3, -1), self.heads, bias))
        return x + self.mlp.fc2(F.gelu(self.mlp.fc1(self.norm2(x))))


class Timm(nn.Module):
    def __init__(self, config):
        super().__init__()
        a, beit = config['model_args'], config['architecture'].startswith('beit')
        self.grid, width = a['img_size'] // a['patch_size'], a['embed_dim']
        token = a.get('class_token', True)
        places = self.grid ** 2 + (1 if token else 0)
        self.pool, self.positions = a['global_pool'], a.get('pos_embed', 'learn') == 'learn' and a.get('use_abs_pos_emb', True)
        self.patch_embed = Embedding(a['patch_size'], a['in_chans'], width)
        if token:
            self.cls_token = nn.Parameter(torch.empty(1, 1, width))
        if self.positions:
            self.pos_embed = nn.Parameter(torch.empty(1, places, width))
        table = (2 * self.grid - 1) ** 2 + 3 if beit else 0
        self.blocks = nn.ModuleList([TimmBlock(width, a['num_heads'], table) for _ in range(a['depth'])])
        last = a.get('fc_norm', beit and self.pool == 'avg')
        setattr(self, 'fc_norm' if last else 'norm', norm(width))
        if a['num_classes']:
            self.head = nn.Linear(width, a['num_classes'])

    def forward(self, x):
        x = self.patch_embed(x)
        token = hasattr(self, 'cls_token')
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) if token else x
        x = x + self.pos_embed if self.positions else x
        for block in self.blocks:
            x = block(x, self.grid)
        x = self.norm(x) if hasattr(self, 'norm') else x
        pooled = x[:, 0] if self.pool == 'token' else x[:, 1 if token else 0:].mean(1)
        pooled = self.fc_norm(pooled) if hasattr(self, 'fc_norm') else pooled
        return {'last_hidden_state': x, 'pooled': pooled, **({'logits': self.head(pooled)} if hasattr(self, 'head') else {})}


# ---------------------------------------------------------------- transformers


class Layer(nn.Module):
    def __init__(self, width, heads, hidden, beit=False, table=0):
        super().__init__()
        inner = Box(query=nn.Linear(width, width), key=nn.Linear(width, width, bias=not beit), value=nn.Linear(width, width))
        if table:
            inner.relative_position_bias = Box(relative_position_bias_table=nn.Parameter(torch.empty(table, heads)))
        self.attention = Box(attention=inner, output=Box(dense=nn.Linear(width, width)))
        self.intermediate, self.output = Box(dense=nn.Linear(width, hidden)), Box(dense=nn.Linear(hidden, width))
        self.layernorm_before, self.layernorm_after, self.heads = norm(width), norm(width), heads

    def forward(self, x, grid):
        inner, h = self.attention.attention, self.layernorm_before(x)
        table = getattr(inner, 'relative_position_bias', None)
        bias = None if table is None else relative(table.relative_position_bias_table, grid)
        x = x + self.attention.output.dense(attend(inner.query(h), inner.key(h), inner.value(h), self.heads, bias))
        return x + self.output.dense(F.gelu(self.intermediate.dense(self.layernorm_after(x))))


class Encoder(nn.Module):
    """ViTModel, ViTMAEModel and BeitModel."""

    def __init__(self, c):
        super().__init__()
        width, self.grid = c['hidden_size'], c['image_size'] // c['patch_size']
        beit = c['model_type'] == 'beit'
        self.embeddings = Box(cls_token=nn.Parameter(torch.empty(1, 1, width)))
        self.embeddings.patch_embeddings = Box(projection=nn.Conv2d(c['num_channels'], width, c['patch_size'], c['patch_size']))
        if not beit or c['use_absolute_position_embeddings']:
            self.embeddings.position_embeddings = nn.Parameter(torch.empty(1, self.grid ** 2 + 1, width))
        if c['architectures'] == ['ViTForMaskedImageModeling']:
            self.embeddings.mask_token = nn.Parameter(torch.empty(1, 1, width))
        table = (2 * self.grid - 1) ** 2 + 3 if beit and c['use_relative_position_bias'] else 0
        layers = [Layer(width, c['num_attention_heads'], c['intermediate_size'], beit, table) for _ in range(c['num_hidden_layers'])]
        self.encoder = Box(layer=nn.ModuleList(layers))
        if beit and c['use_mean_pooling']:
            self.pooler = Box(layernorm=norm(width))
        else:
            self.layernorm = norm(width)

    def forward(self, pixels, shown=None, hidden=None):
        x = self.embeddings.patch_embeddings.projection(pixels).flatten(2).transpose(1, 2)
        rows = torch.arange(len(x))[:, None]
        if hidden is not None:
            x[rows, hidden] = self.embeddings.mask_token
        positions = getattr(self.embeddings, 'position_embeddings', torch.zeros(1, x.shape[1] + 1, 1))
        x = x + positions[:, 1:]
        x = x if shown is None else x[rows, shown]
        x = torch.cat([(self.embeddings.cls_token + positions[:, :1]).expand(len(x), -1, -1), x], 1)
        for layer in self.encoder.layer:
            x = layer(x, self.grid)
        return self.layernorm(x) if hasattr(self, 'layernorm') else x


class Decoder(nn.Module):
    def __init__(self, c, places):
        super().__init__()
        width = c['decoder_hidden_size']
        self.decoder_embed, self.decoder_norm = nn.Linear(c['hidden_size'], width), norm(width)
        self.mask_token = nn.Parameter(torch.empty(1, 1, width))
        self.decoder_pos_embed = nn.Parameter(torch.empty(1, places + 1, width))
        heads, hidden = c['decoder_num_attention_heads'], c['decoder_intermediate_size']
        self.decoder_layers = nn.ModuleList([Layer(width, heads, hidden) for _ in range(c['decoder_num_hidden_layers'])])
        self.decoder_pred = nn.Linear(width, c['patch_size'] ** 2 * c['num_channels'])

    def forward(self, states, order, kept):
        x = self.decoder_embed(states)
        masks = self.mask_token.expand(len(x), order.shape[1] - kept, -1)
        back = order.argsort(1)[..., None].expand(-1, -1, x.shape[2])
        x = torch.cat([x[:, :1], torch.cat([x[:, 1:], masks], 1).gather(1, back)], 1) + self.decoder_pos_embed
        for layer in self.decoder_layers:
            x = layer(x, None)
        return self.decoder_pred(self.decoder_norm(x))[:, 1:]


class Hugging(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.kind, self.c = c['architectures'][0], c
        encoder = Encoder(c)
        if self.kind == 'ViTModel':
            for name, part in encoder.named_children():
                setattr(self, name, part)
            self.whole = [encoder]
        else:
            setattr(self, 'beit' if c['model_type'] == 'beit' else 'vit', encoder)
            self.whole = [encoder]
        if self.kind.endswith('ForImageClassification'):
            self.classifier = nn.Linear(c['hidden_size'], len(c['id2label']))
        if self.kind == 'ViTMAEForPreTraining':
            self.decoder = Decoder(c, encoder.grid ** 2)
        if self.kind == 'ViTForMaskedImageModeling':
            side = c['encoder_stride']
            self.decoder = nn.Sequential(nn.Conv2d(c['hidden_size'], side * side * c['num_channels'], 1), nn.PixelShuffle(side))

    def forward(self, probe, pixels):
        encoder, c = self.whole[0], self.c
        states = encoder(pixels)
        out = {'last_hidden_state': states}
        if hasattr(self, 'classifier'):
            pooled = encoder.pooler.layernorm(states[:, 1:].mean(1)) if hasattr(encoder, 'pooler') else states[:, 0]
            out |= {'pooled': pooled, 'logits': self.classifier(pooled)}
        # The encoder alone where the decoder is not the published one: it paints nothing.
        if 'painted' in probe and hasattr(self, 'decoder'):
            order = probe['order'].long()
            kept = order.shape[1] - probe['painted'].shape[1]
            rows, hidden = torch.arange(len(order))[:, None], order[:, kept:]
            if self.kind == 'ViTMAEForPreTraining':
                painted = self.decoder(encoder(pixels, order[:, :kept]), order, kept)
            else:
                grid, side, channels = encoder.grid, c['patch_size'], c['num_channels']
                states = encoder(pixels, hidden=hidden)[:, 1:].transpose(1, 2).reshape(len(pixels), -1, grid, grid)
                picture = self.decoder(states).reshape(len(pixels), channels, grid, side, grid, side)
                painted = picture.permute(0, 2, 4, 3, 5, 1).reshape(len(pixels), grid * grid, -1)
            out['painted'] = painted[rows, hidden]
        return out


# ---------------------------------------------------------------- the libraries themselves, where they are


def imported(name, known):
    """A library; None where there is none, or only a folder of its name."""
    try:
        library = importlib.import_module(name)
    except ImportError:
        return None
    return library if hasattr(library, known) else None


def hugging_itself(library, folder, config, probe):
    kind = config['architectures'][0]
    plain = {'add_pooling_layer': False} if kind == 'ViTModel' else {}
    model, told = getattr(library, kind).from_pretrained(folder, output_loading_info=True, **plain)
    # Some versions list BEiT's index of offsets, which hangs on the grid alone and is made with the model.
    wrong = {name: left for name, keys in told.items() if (left := [key for key in keys if not str(key).endswith('relative_position_index')])}
    if wrong:
        raise SystemExit(f'{folder}: {kind} finds {wrong}')
    pixels = prepared(library, folder, config, probe)
    model.eval()
    if kind == 'ViTMAEForPreTraining':
        return {**mae_states(model, pixels, probe), 'painted': mae_painted(model, pixels, probe)}
    base = getattr(model, 'vit', getattr(model, 'beit', model))
    out = {'last_hidden_state': base(pixels).last_hidden_state}
    if kind.endswith('ForImageClassification'):
        out['logits'] = model(pixels).logits
    if kind == 'ViTForMaskedImageModeling':
        out['painted'] = simmim_painted(model, pixels, probe)
    return out


def prepared(library, folder, config, probe):
    """What its image processor makes of the bytes of the probe's pictures."""
    processor = library.ViTImageProcessor.from_pretrained(folder)
    pictures = list(probe['pixels'].round().to(torch.uint8).numpy())
    if config['num_channels'] == 1:  # it resizes colours only; these are of the right size already
        processor.do_resize = False
    # Said where it can be: of one row of patches it may guess wrong.
    told = {'input_data_format': 'channels_first'} if 'input_data_format' in inspect.signature(processor.preprocess).parameters else {}
    return processor(pictures, return_tensors='pt', **told)['pixel_values'].float()


def shown(probe):
    order = probe['order'].long()
    return order, order.shape[1] - probe['painted'].shape[1]


def with_noise(model, order, kept):
    model.config.mask_ratio = 1 - (kept + 0.5) / order.shape[1]
    return torch.empty(order.shape).scatter_(1, order, torch.arange(order.shape[1]).float().expand_as(order))


def mae_states(model, pixels, probe):
    order = torch.arange(probe['order'].shape[1]).expand_as(probe['order'])
    return {'last_hidden_state': model.vit(pixels, noise=with_noise(model, order, order.shape[1])).last_hidden_state}


def mae_painted(model, pixels, probe):
    order, kept = shown(probe)
    painted = model(pixels, noise=with_noise(model, order, kept)).logits
    return painted[torch.arange(len(order))[:, None], order[:, kept:]]


def simmim_painted(model, pixels, probe):
    order, kept = shown(probe)
    hidden = torch.zeros(order.shape).scatter_(1, order[:, kept:], 1).bool()
    config = model.config
    grid, side, channels = config.image_size // config.patch_size, config.patch_size, config.num_channels
    out = model(pixels, bool_masked_pos=hidden)
    picture = out['reconstruction' if 'reconstruction' in out else 'logits']
    patches = picture.reshape(len(pixels), channels, grid, side, grid, side).permute(0, 2, 4, 3, 5, 1)
    return patches.reshape(len(pixels), grid * grid, -1)[torch.arange(len(order))[:, None], order[:, kept:]]


def check(folder):
    probe, _ = read_safetensors(f'{folder}/probe.safetensors')
    read = lambda name: json.load(open(f'{folder}/{name}'))
    found = {}

    def held(name, out):
        for key in out:
            if key in probe:
                found[f'{name} {key}'] = ((out[key] - probe[key]).abs().max() / probe[key].abs().max().clamp(min=1)).item()

    def load(name, model):
        model.load_state_dict(read_safetensors(f'{folder}/{name}/model.safetensors')[0], strict=True)
        return model.eval()

    config = read('timm/config.json')
    scale = config['pretrained_cfg']
    values = lambda name: torch.tensor(scale[name]).view(-1, 1, 1)
    pixels = (probe['pixels'] / 255 - values('mean')) / values('std')
    held('timm', load('timm', Timm(config))(pixels))
    try:
        found_config = read('transformers/config.json')
    except FileNotFoundError:
        found_config = None
    if found_config:
        prepare = read('transformers/preprocessor_config.json')
        mean, deviation = (torch.tensor(prepare[f'image_{name}']).view(-1, 1, 1) for name in ('mean', 'std'))
        pixels = (probe['pixels'] * prepare['rescale_factor'] - mean) / deviation
        held('transformers', load('transformers', Hugging(found_config))(probe, pixels))
    if found_config and (library := imported('transformers', 'AutoConfig')):
        held('transformers itself', hugging_itself(library, f'{folder}/transformers', found_config, probe))
    if not (timm := imported('timm', 'create_model')):
        return found
    model = timm.create_model(f'local-dir:{folder}/timm', pretrained=True).eval()
    states = model.forward_features(pixels)
    out = {'last_hidden_state': states, 'pooled': model.forward_head(states, pre_logits=True)}
    held('timm itself', out | ({'logits': model(pixels)} if config['num_classes'] else {}))
    return found


with torch.no_grad():
    print(json.dumps({folder: check(folder) for folder in sys.argv[1:]}))
