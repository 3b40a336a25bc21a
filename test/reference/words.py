"""Objectives on words (text.md 3, 4), one step each: BERT, MAE, MP3, data2vec 2.0 and labels. A token is the id of a word: x = sqrt(d) E[id], no
class token, words are guessed with the same table unless `tied` is 0. Ids: 0 an empty place, 1 the mask, 2 an unknown word."""
import math

import torch
import torch.nn.functional as F

from common import Maker, attention, block, gather, linear, mlp, norm, save, sincos_line
from data2vec import TARGET_EPSILON, decode_line

EMPTY, MASK, UNKNOWN, FIRST_WORD = 0, 1, 2, 3

# The second text is shorter. Word 5 is removed in one place and seen in another; 2 is never removed.
TEXTS = [[5, 7, 3, 11, 5, 9, 2, 3, 6, 4], [8, 5, 3, 2, 10, 3, 0, 0, 0, 0]]
REMOVED = [[0, 1, 0, 0, 1, 0, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0, 0, 0, 0, 0]]


def settings(objective, **more):
    return {'objective': objective, 'batch': 2, 'n': 10, 'vocabulary': 12, 'width': 8, 'depth': 2, 'heads': 2, **more}


def encoder_weights(make, s):
    weights = {'text.embed.weight': make.normal(s['vocabulary'], s['width'], std=0.4)}
    for i in range(s['depth']):
        weights |= make.block(f'blocks.{i}', s['width'])
    return weights


def head_weights(make, s):
    weights = {'head_words.bias': make.normal(s['vocabulary'], std=0.2)}
    if not s.get('tied', 1):
        weights['head_words.weight'] = make.normal(s['width'], s['vocabulary'], std=0.4)
    return weights


def look_up(w, ids):
    return math.sqrt(w['text.embed.weight'].shape[1]) * w['text.embed.weight'][ids]


def line(s, like, width=None):
    return sincos_line(s['n'], width or s['width']).to(like.dtype)


def encode(w, s, x):
    for i in range(s['depth']):
        x = block(w, f'blocks.{i}', x, s['heads'])
    return norm(w, 'norm', x)


def asked(removed, rows):
    """Places (B, rows): those removed of each text, again and again until the rows are full."""
    places = [torch.nonzero(row).flatten().tolist() for row in removed]
    return torch.tensor([[own[k % len(own)] for k in range(rows)] for own in places])


def guess(w, s, hidden, ids, places):
    """Cross-entropy and accuracy at the places asked; hidden (B, n, d) in raster order."""
    rows = gather(hidden, places).flatten(0, 1)
    matrix = w['text.embed.weight'].T if s.get('tied', 1) else w['head_words.weight']
    logits = rows @ matrix + w['head_words.bias']
    target = torch.gather(ids, 1, places).flatten()
    right = (logits.argmax(dim=1) == target).double().mean()
    return F.cross_entropy(logits, target), right, logits


def bert_step(s):
    def step(w, inputs):
        ids, removed = inputs['ids'], inputs['removed']
        seen = torch.where(removed == 1, torch.full_like(ids, MASK), ids)
        hidden = encode(w, s, look_up(w, seen) + line(s, w['norm.weight']))
        loss, right, logits = guess(w, s, hidden, ids, asked(removed, s['rows']))
        return loss, {'accuracy': right}, {'logits': logits}
    return step


def mae_step(s):
    def step(w, inputs):
        ids, removed, width = inputs['ids'], inputs['removed'], s['decoderWidth']
        positions, hidden = line(s, w['norm.weight']), []
        for text, gone in zip(ids, removed):
            real = [p for p in range(s['n']) if text[p] != EMPTY and not gone[p]]
            empty = [p for p in range(s['n']) if text[p] == EMPTY]
            kept = torch.tensor((real + empty)[:s['n'] - s['rows']])
            encoded = encode(w, s, (look_up(w, text[kept]) + positions[kept])[None])
            latent = linear(w, 'decoder_embed', encoded)[0]
            x = w['mask_token'].expand(s['n'], -1).index_put((kept,), latent) + line(s, w['norm.weight'], width)
            x = x[None]
            for i in range(s['decoderDepth']):
                x = block(w, f'decoder_blocks.{i}', x, s['decoderHeads'])
            hidden.append(norm(w, 'decoder_norm', x))
        hidden = torch.cat(hidden)
        if width != s['width']:
            hidden = linear(w, 'decoder_pred', hidden)
        loss, right, logits = guess(w, s, hidden, ids, asked(removed, s['rows']))
        return loss, {'accuracy': right}, {'logits': logits}
    return step


def mp3_step(s):
    def step(w, inputs):
        order = inputs['order']
        shuffled = torch.gather(inputs['ids'], 1, order)
        logits = linear(w, 'head_position', encode(w, s, look_up(w, shuffled)))
        loss = F.cross_entropy(logits.flatten(0, 1), order.flatten())
        right = (logits.argmax(dim=2) == order).double().mean()
        return loss, {'positionAccuracy': right}, {'logits': logits}
    return step


def post_norm(w, s, x):
    x, fed_forward = norm(w, 'norm_pre', x), []
    for i in range(s['depth']):
        x = norm(w, f'blocks.{i}.norm1', x + attention(w, f'blocks.{i}.attn', x, s['heads']))
        fed_forward.append(mlp(w, f'blocks.{i}.mlp', x))
        x = norm(w, f'blocks.{i}.norm2', x + fed_forward[-1])
    return x, fed_forward


def data2vec_step(s):
    def step(w, inputs, teacher):
        ids, order, noise, kept = inputs['ids'], inputs['order'], inputs['noise'], s['kept']
        positions = line(s, noise)
        with torch.no_grad():
            _, outputs = post_norm(teacher, s, look_up(teacher, ids) + positions)
            normed = [F.instance_norm(f.transpose(1, 2), eps=TARGET_EPSILON) for f in outputs]
            target = (sum(normed) / len(normed)).transpose(1, 2).repeat_interleave(s['masks'], dim=0)
        clones = ids.repeat_interleave(s['masks'], dim=0)
        tokens = look_up(w, clones) + positions
        encoded, _ = post_norm(w, s, gather(tokens, order[:, :kept]))
        grid = gather(torch.cat([encoded, noise], dim=1), torch.argsort(order, dim=1))
        prediction = decode_line(w, s, grid)
        flags = torch.zeros_like(clones).scatter(1, order[:, kept:], 1) * (clones >= UNKNOWN)
        # In the order of the mask, real words only.
        places = [[p for p in row.tolist() if flags[i, p]] for i, row in enumerate(order[:, kept:])]
        rows = torch.tensor([[own[k % len(own)] for k in range(s['n'] - kept)] for own in places])
        squared = (gather(prediction, rows) - gather(target, rows)) ** 2
        loss = squared.mean() * math.sqrt(s['width'])
        zeros = (gather(target, rows) ** 2).mean()
        return loss, {'perDimension': squared.mean() / zeros}, {'prediction': prediction, 'target': target}
    return step


def labels_step(s):
    def step(w, inputs):
        ids = inputs['ids']
        hidden = encode(w, s, look_up(w, ids) + line(s, w['norm.weight']))
        real = (ids >= UNKNOWN)[..., None]
        logits = linear(w, 'head', (hidden * real).sum(dim=1) / real.sum(dim=1))
        loss = -(inputs['labels'] * torch.log_softmax(logits, dim=-1)).sum(dim=-1).mean()
        return loss, {}, {'logits': logits}
    return step


def ids_and_removed():
    return {'ids': torch.tensor(TEXTS), 'removed': torch.tensor(REMOVED)}


def write_bert(name, seed, **changes):
    s, make = settings('bert', rows=4, **changes), Maker(seed)
    weights = {**encoder_weights(make, s), **make.norm('norm', s['width']), **head_weights(make, s)}
    save(name, s, ids_and_removed(), weights, bert_step(s))


def write_mae(name, seed, decoder_width):
    s = settings('mae', rows=4, decoderDepth=1, decoderWidth=decoder_width, decoderHeads=2)
    make, width = Maker(seed), s['width']
    weights = {**encoder_weights(make, s), **make.norm('norm', width), **make.linear('decoder_embed', width, decoder_width)}
    weights |= {'mask_token': make.normal(decoder_width), **make.block('decoder_blocks.0', decoder_width)}
    weights |= make.norm('decoder_norm', decoder_width)
    if decoder_width != width:
        weights |= make.linear('decoder_pred', decoder_width, width)
    save(name, s, ids_and_removed(), weights | head_weights(make, s), mae_step(s))


def write_mp3(name, seed):
    s, make = settings('mp3'), Maker(seed)
    weights = {**encoder_weights(make, s), **make.norm('norm', s['width']), **make.linear('head_position', s['width'], s['n'])}
    save(name, s, {'ids': torch.tensor(TEXTS), 'order': make.orders(2, s['n'])}, weights, mp3_step(s))


def write_data2vec(name, seed):
    s = settings('data2vec', masks=2, kept=5, decoderLayers=1, decoderKernel=3, decoderGroups=2, axes=1)
    make, width = Maker(seed), s['width']
    weights = {**encoder_weights(make, s), **make.norm('norm_pre', width)}
    weights |= {'decoder.0.conv.weight': make.normal(3, width // 2, width, std=0.4), 'decoder.0.conv.bias': make.normal(width, std=0.2)}
    weights |= make.linear('decoder.proj', width, width)
    teacher = {**encoder_weights(make, s), **make.norm('norm_pre', width)}
    inputs = {'ids': torch.tensor(TEXTS), 'order': make.orders(4, s['n']), 'noise': make.normal(4, s['n'] - s['kept'], width, std=0.5)}
    save(name, s, inputs, weights, data2vec_step(s), teacher)


def write_labels(name, seed):
    s, make = settings('supervised', classes=4), Maker(seed)
    weights = {**encoder_weights(make, s), **make.norm('norm', s['width']), **make.linear('head', s['width'], 4)}
    labels = torch.tensor([[0.925, 0.025, 0.025, 0.025], [0.025, 0.025, 0.925, 0.025]], dtype=torch.float64)
    save(name, s, {'ids': torch.tensor(TEXTS), 'labels': labels}, weights, labels_step(s))


if __name__ == '__main__':
    write_bert('bert', 41)
    write_bert('bertUntied', 42, tied=0)
    write_mae('maeWords', 43, 8)
    write_mae('maeWordsWide', 44, 12)
    write_mp3('mp3Words', 45)
    write_data2vec('data2vecWords', 46)
    write_labels('labelsWords', 47)
