"""Regularisers of fine-tuning, in float64 from the papers' formulas: trajectories of one flat vector of weights under given gradients
(torch.optim.AdamW where AdamW itself is not changed), and one step of R3F through the tiny Transformer of finetune.py."""
import json
import math
import sys
from pathlib import Path

import torch

from common import Maker, block, close, entry, linear, norm, save, with_class_token

LEARNING_RATE, BETAS, EPSILON, DECAY, STEPS = 0.01, (0.9, 0.999), 1e-8, 0.05, 6
# A matrix 5 x 3 with a start, a vector of 4 with one, a matrix 3 x 2 that is new.
SHAPES, HELD = [(5, 3), (4,), (3, 2)], [True, True, False]


def adamw(parameters):
    """Decay on matrices alone."""
    groups = [{'params': [p], 'weight_decay': DECAY if p.dim() > 1 else 0.0} for p in parameters]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=BETAS, eps=EPSILON)


def l2sp(parameters, starts, gradients, alpha):
    optimiser = adamw(parameters)
    for step in gradients:
        penalty = sum(((p - s) ** 2).sum() for p, s, held in zip(parameters, starts, HELD) if held)
        optimiser.zero_grad()
        (alpha / 2 * penalty + sum((g * p).sum() for g, p in zip(step, parameters))).backward()
        optimiser.step()


def recadam(parameters, starts, gradients, k, t0, gamma):
    """The published algorithm in full, without an optimiser of torch's; decay comes first, as everywhere in Patchwork."""
    moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in parameters]
    for t, step in enumerate(gradients, start=1):
        weight = 1 / (1 + math.exp(-k * (t - t0)))
        for p, s, g, held, (m, v) in zip(parameters, starts, step, HELD, moments):
            with torch.no_grad():
                m.mul_(BETAS[0]).add_(g, alpha=1 - BETAS[0])
                v.mul_(BETAS[1]).add_(g * g, alpha=1 - BETAS[1])
                direction = (m / (1 - BETAS[0] ** t)) / ((v / (1 - BETAS[1] ** t)).sqrt() + EPSILON)
                p -= LEARNING_RATE * (DECAY if p.dim() > 1 else 0) * p
                p -= LEARNING_RATE * (weight if held else 1) * direction
                if held:
                    p -= LEARNING_RATE * (1 - weight) * gamma * (p - s)


def mars(parameters, starts, gradients, radius):
    """A matrix is (in, out) here: a row of the paper's W is a column."""
    optimiser = adamw(parameters)
    for step in gradients:
        for p, g in zip(parameters, step):
            p.grad = g.clone()
        optimiser.step()
        for p, s, held in zip(parameters, starts, HELD):
            if held and p.dim() == 2:
                with torch.no_grad():
                    moved = (p - s).T
                    norms = moved.abs().sum(dim=1, keepdim=True)
                    p.copy_(s + (moved / torch.clamp(norms / radius, min=1)).T)


def trajectory(run, starts, gradients, settings):
    parameters = [s.clone().requires_grad_() for s in starts]
    run(parameters, starts, gradients, **settings)
    return {'settings': settings, 'end': entry(torch.cat([p.detach().flatten() for p in parameters]))}


def trajectories():
    make = Maker(71)
    starts = [make.normal(*shape) for shape in SHAPES]
    # Small: clipping at 1 takes nothing of them, with or without the pull.
    gradients = [[make.normal(*shape, std=0.05) for shape in SHAPES] for _ in range(STEPS)]
    flat = lambda tensors: entry(torch.cat([t.flatten() for t in tensors]))
    fixture = {
        'learningRate': LEARNING_RATE, 'weightDecay': DECAY, 'beta2': BETAS[1],
        'start': flat(starts), 'gradients': [flat(step) for step in gradients],
        'plain': trajectory(l2sp, starts, gradients, {'alpha': 0}),
        'l2sp': trajectory(l2sp, starts, gradients, {'alpha': 2.5}),
        'recAdam': trajectory(recadam, starts, gradients, {'k': 0.7, 't0': 3, 'gamma': 20}),
        'mars': trajectory(mars, starts, gradients, {'radius': 0.06}),
    }
    file = Path(__file__).parent / 'regularisers.json'
    if '--check' in sys.argv:
        assert close(fixture, json.loads(file.read_text())), f'{file.name} differs from what this script computes'
    else:
        file.write_text(json.dumps(fixture) + '\n')


R3F = {'objective': 'finetune', 'batch': 2, 'rows': 2, 'columns': 2, 'patchLength': 12, 'width': 8, 'depth': 2, 'heads': 2,
       'positions': 'none', 'classes': 4, 'lambda': 0.7}


def r3f_step(w, inputs):
    def answer(embedded):
        x = with_class_token(w['cls_token'], embedded)
        for i in range(R3F['depth']):
            x = block(w, f'blocks.{i}', x, R3F['heads'])
        return torch.log_softmax(linear(w, 'head', norm(w, 'norm', x)[:, 0]), dim=-1)

    embedded = linear(w, 'patch_embed.proj', inputs['patches'])
    clean, noised = answer(embedded), answer(embedded.detach() + inputs['noise'])
    kl = lambda p, q: torch.nn.functional.kl_div(q, p, log_target=True, reduction='batchmean')
    loss = -(inputs['targets'] * clean).sum(dim=-1).mean()
    apart = kl(clean, noised) + kl(noised, clean)
    return loss + R3F['lambda'] * apart, {'loss': loss.item(), 'apart': apart.item()}, {}


def r3f():
    make = Maker(72)
    weights = {**make.encoder(R3F), **make.norm('norm', R3F['width']), **make.linear('head', R3F['width'], R3F['classes'])}
    # The stem is data to the noised pass, which finite differences would not know: it is not among the weights that are checked.
    stem = {name: weights.pop(name) for name in ('patch_embed.proj.weight', 'patch_embed.proj.bias')}
    n = R3F['rows'] * R3F['columns']
    inputs = {
        'patches': make.normal(R3F['batch'], n, R3F['patchLength']),
        'noise': make.normal(R3F['batch'], n, R3F['width'], std=0.3),
        'targets': torch.tensor([[0.9, 0, 0.1, 0], [0, 0.4, 0, 0.6]], dtype=torch.float64),
        **stem,
    }
    save('r3f', R3F, inputs, weights, lambda w, inputs: r3f_step({**w, **{name: inputs[name] for name in stem}}, inputs))
    # Its own gradient: of the clean pass alone.
    leaves = {name: value.clone().requires_grad_() for name, value in stem.items()}
    r3f_step({**weights, **leaves}, inputs)[0].backward()
    file = Path(__file__).parent / 'r3fStem.json'
    gradients = {name: entry(leaf.grad) for name, leaf in leaves.items()}
    if '--check' in sys.argv:
        assert close(gradients, json.loads(file.read_text())), f'{file.name} differs from what this script computes'
    else:
        file.write_text(json.dumps(gradients) + '\n')


if __name__ == '__main__':
    trajectories()
    r3f()
