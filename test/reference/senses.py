"""Several senses (McKinzie et al. 2023), one step each: encoders side by side with InfoNCE between all pairs or through the first, some
members absent; and encoders with a vector for each sense and one joint block, whose means are averaged over what is shown, with a linear
classifier on that."""
import math

import torch
import torch.nn.functional as F

from common import Maker, block, linear, norm, save, sincos, sincos_line

SENSES = {'picture': dict(tokens=4, length=6), 'sound': dict(tokens=3, length=5), 'text': dict(tokens=4, words=7)}
PAIRS = [('picture', 'sound'), ('picture', 'text'), ('sound', 'text')]
NORM_EPSILON = 1e-12


def settings(**more):
    return {'batch': 5, 'width': 8, 'depth': 2, 'heads': 2, **more}


def sense_weights(make, s, sense):
    if 'words' in SENSES[sense]:
        weights = {'text.embed.weight': make.normal(SENSES[sense]['words'], s['width'], std=0.4)}
    else:
        weights = make.linear('patch_embed.proj', SENSES[sense]['length'], s['width'])
    for i in range(s['depth']):
        weights |= make.block(f'blocks.{i}', s['width'])
    return {f'{sense}.{name}': value for name, value in weights.items()}


def sense_inputs(make, s):
    numbers = {sense: make.normal(s['batch'], k['tokens'], k['length']) for sense, k in SENSES.items() if 'length' in k}
    k = SENSES['text']
    # Word 5 in no caption, and 0, the empty place, behind some.
    ids = make.random.choice([1, 2, 3, 4, 6], size=(s['batch'], k['tokens'], 1))
    ids[::2, 3:] = 0
    return {**numbers, 'text': torch.tensor(ids)}


def encode(w, s, sense, tokens, extra=0):
    """Projected tokens with their positions and `extra`, through the sense's own blocks, without a norm."""
    own = {name[len(sense) + 1:]: value for name, value in w.items() if name.startswith(sense + '.')}
    table = sincos(2, 2, s['width']) if sense == 'picture' else sincos_line(tokens.shape[1], s['width'])
    if 'text.embed.weight' in own:
        x = own['text.embed.weight'][tokens[..., 0]] * math.sqrt(s['width'])
    else:
        x = linear(own, 'patch_embed.proj', tokens)
    x = x + table.to(x.dtype) + extra
    for i in range(s['depth']):
        x = block(own, f'blocks.{i}', x, s['heads'])
    return x


def unit(x):
    return x / torch.sqrt((x ** 2).sum(dim=-1, keepdim=True) + NORM_EPSILON)


def match(a, b, has_a, has_b, temperature):
    """Mean over the samples that have both of both directions' cross-entropies; absent members are in no denominator."""
    scores = a @ b.T / temperature
    complete = torch.nonzero(has_a * has_b).flatten()

    def direction(z, has):
        return F.cross_entropy(z.masked_fill(has[None] == 0, -torch.inf)[complete], complete)

    return (direction(scores, has_b) + direction(scores.T, has_a)) / 2


def contrastive_step(s, pairs):
    def step(w, inputs):
        z = {}
        for sense in SENSES:
            x = norm(w, f'{sense}.norm', encode(w, s, sense, inputs[sense]))
            z[sense] = unit(linear(w, f'{sense}.proj', x.mean(dim=1)))
        has = dict(zip(SENSES, inputs['present']))
        losses = torch.stack([match(z[a], z[b], has[a], has[b], s['temperature']) for a, b in pairs])
        return losses.mean(), {f'{a}-{b}': loss for (a, b), loss in zip(pairs, losses)}, {f'z_{sense}': value for sense, value in z.items()}
    return step


def write_contrastive(name, seed, pairs, temperature):
    s, make = settings(common=6, temperature=temperature), Maker(seed)
    weights = {}
    for sense in SENSES:
        weights |= sense_weights(make, s, sense) | make.norm(f'{sense}.norm', s['width']) | make.linear(f'{sense}.proj', s['width'], s['common'])
    # Everyone but the third and the last lacks one.
    present = torch.ones(3, 5, dtype=torch.float64)
    present[1, 0] = present[2, 1] = present[0, 3] = 0
    save(name, s, {**sense_inputs(make, s), 'present': present}, weights, contrastive_step(s, pairs))


def joint_step(s, subset):
    def step(w, inputs):
        x = torch.cat([encode(w, s, sense, inputs[sense], w[f'type.{sense}']) for sense in subset], dim=1)
        x = norm(w, 'joint_norm', block(w, 'joint.0', x, s['heads']))
        parts = x.split([SENSES[sense]['tokens'] for sense in subset], dim=1)
        embedding = torch.stack([part.mean(dim=1) for part in parts]).mean(dim=0)
        logits = linear(w, 'head', embedding)
        return F.cross_entropy(logits, inputs['labels']), {}, {'embedding': embedding, 'logits': logits}
    return step


def write_joint(name, seed, subset):
    s, make = settings(classes=4), Maker(seed)
    weights = {}
    for sense in subset:
        weights |= sense_weights(make, s, sense) | {f'type.{sense}': make.normal(s['width'], std=0.5)}
    weights |= make.block('joint.0', s['width']) | make.norm('joint_norm', s['width']) | make.linear('head', s['width'], s['classes'])
    inputs = {**sense_inputs(make, s), 'labels': torch.tensor([3, 0, 2, 1, 0])}
    save(name, s, inputs, weights, joint_step(s, subset))


if __name__ == '__main__':
    write_contrastive('contrastive', 30, PAIRS, 0.2)
    write_contrastive('contrastiveStar', 31, PAIRS[:2], 0.5)
    write_joint('joint', 32, list(SENSES))
    write_joint('jointPart', 33, ['picture', 'text'])
