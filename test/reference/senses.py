"""Several senses (McKinzie et al. 2023), one step each: encoders side by side with InfoNCE between all pairs or through the first, some
members absent; and encoders with a vector for each sense and one joint block, whose means are averaged over what is shown, with a linear
classifier on that; and multimodal MAE (Gong et al. 2023, with words as a third sense): the same encoders on what is kept of each sense, one
decoder for all."""
import math

import torch
import torch.nn.functional as F

from common import Maker, block, gather, linear, norm, save, sincos, sincos_line

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


def positions_of(sense, tokens, width):
    return sincos(2, 2, width) if sense == 'picture' else sincos_line(tokens, width)


def encode(w, s, sense, tokens, extra=0, kept=None):
    """Projected tokens with their positions and `extra`, all or those of the cells `kept`, through the sense's own blocks, without a norm."""
    own = {name[len(sense) + 1:]: value for name, value in w.items() if name.startswith(sense + '.')}
    table = positions_of(sense, tokens.shape[1], s['width'])
    if 'text.embed.weight' in own:
        x = own['text.embed.weight'][tokens[..., 0]] * math.sqrt(s['width'])
    else:
        x = linear(own, 'patch_embed.proj', tokens)
    x = x + table.to(x.dtype) + extra
    x = x if kept is None else gather(x, kept)
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


def mae_step(s):
    def step(w, inputs):
        latent, orders, kept = [], {}, {}
        for sense in SENSES:
            orders[sense], kept[sense] = inputs[f'{sense}.order'], s[f'{sense}Kept']
            latent.append(encode(w, s, sense, inputs[sense], w[f'type.{sense}'], orders[sense][:, :kept[sense]]))
        x = norm(w, 'joint_norm', block(w, 'joint.0', torch.cat(latent, dim=1), s['heads']))
        parts = linear(w, 'decoder_embed', x).split(list(kept.values()), dim=1)
        cells = []
        for part, (sense, order) in zip(parts, orders.items()):
            masks = w['mask_token'].expand(len(order), order.shape[1] - kept[sense], -1)
            places = positions_of(sense, order.shape[1], s['decoderWidth']).to(x.dtype)[order]
            cells.append(torch.cat([part, masks], dim=1) + places + w[f'decoder_type.{sense}'])
        decoded = norm(w, 'decoder_norm', block(w, 'decoder_blocks.0', torch.cat(cells, dim=1), s['decoderHeads']))
        errors = {}
        for part, (sense, order) in zip(decoded.split([order.shape[1] for order in orders.values()], dim=1), orders.items()):
            painted = linear(w, f'decoder_pred.{sense}', part[:, kept[sense]:])
            truth = gather(inputs[sense], order[:, kept[sense]:])
            if sense == 'text':
                # Places among the removed ones, in turn where there are fewer words than rows.
                guesses, words = gather(painted, inputs['guessed']), gather(truth, inputs['guessed'])
                errors[sense] = F.cross_entropy(guesses.flatten(0, 1), words.flatten())
            else:
                errors[sense] = ((painted - truth) ** 2).mean()
        loss = errors['picture'] + errors['sound'] + s['wordWeight'] * errors['text']
        return loss, {f'{sense}Error': error for sense, error in errors.items()}, {}
    return step


def write_mae(name, seed):
    s = settings(decoderWidth=12, decoderHeads=3, wordWeight=0.5, pictureKept=1, soundKept=1, textKept=2)
    make = Maker(seed)
    weights = {}
    for sense, k in SENSES.items():
        weights |= sense_weights(make, s, sense) | {f'type.{sense}': make.normal(s['width'], std=0.5)}
        weights |= {f'decoder_type.{sense}': make.normal(s['decoderWidth'], std=0.5)}
        weights |= make.linear(f'decoder_pred.{sense}', s['decoderWidth'], k.get('length', k.get('words')))
    weights |= make.block('joint.0', s['width']) | make.norm('joint_norm', s['width'])
    weights |= make.linear('decoder_embed', s['width'], s['decoderWidth']) | {'mask_token': make.normal(s['decoderWidth'])}
    weights |= make.block('decoder_blocks.0', s['decoderWidth']) | make.norm('decoder_norm', s['decoderWidth'])
    inputs = sense_inputs(make, s)
    inputs |= {f'{sense}.order': make.orders(s['batch'], k['tokens']) for sense, k in SENSES.items()}
    # One removed word guessed twice, and both.
    inputs['guessed'] = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1], [0, 1]])
    save(name, s, inputs, weights, mae_step(s))


if __name__ == '__main__':
    write_contrastive('contrastive', 30, PAIRS, 0.2)
    write_contrastive('contrastiveStar', 31, PAIRS[:2], 0.5)
    write_joint('joint', 32, list(SENSES))
    write_joint('jointPart', 33, ['picture', 'text'])
    write_mae('multimodalMae', 34)
