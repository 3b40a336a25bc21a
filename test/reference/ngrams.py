"""Masked words of Tales from their neighbours, counted in plain Python: 2,000 stories for learning, 200 for testing, seed 1.

python3 ngrams.py writes ngrams.json beside this file (half a minute, for the vocabulary is taken from 20,000 stories of each corpus).
"""
import json, math, sys
from collections import Counter, defaultdict
from pathlib import Path
import tales

N, TRAIN, TEST = 56, 2000, 200
V = tales.vocabulary(); ID = {w: i for i, w in enumerate(V)}
row = lambda i, split: [ID[w] for w in tales.tale(1, i, split)[0]]
train = [row(i, 'train') for i in range(TRAIN)]
test = [row(i, 'test') for i in range(TEST)]
CHAINS = {
    'nothing': [()],
    'left neighbour': [(-1,), ()],
    'both neighbours': [(-1, 1), (-1,), ()],
    'two on each side': [(-2, -1, 1, 2), (-1, 1, 2), (-2, -1, 1), (-1, 1), (-1,), ()],
}
KINDS = {'names': tales.SHE + tales.HE, 'jobs': tales.JOBS, 'things': [t[0] for t in tales.THINGS], 'places': [w for ws in tales.PLACES.values() for w in ws]}
kind = {ID[w]: k for k, ws in KINDS.items() for w in ws}
at = lambda ids, i: ids[i] if 0 <= i < len(ids) else 0


def seen(ids, i, context): return tuple(at(ids, i + o) for o in context)


tables = {c: defaultdict(Counter) for chain in CHAINS.values() for c in chain}
for ids in train:
    for i, w in enumerate(ids):
        for c, table in tables.items(): table[seen(ids, i, c)][w] += 1


def score(chain, masks):
    right, loss, by, elsewhere = [], [], defaultdict(list), []
    for ids, mask in zip(test, masks):
        for i in (range(len(ids)) if mask is None else mask):
            shown = ids if mask is None else [1 if j in mask else w for j, w in enumerate(ids)]
            counts = next(tables[c][seen(shown, i, c)] for c in chain if seen(shown, i, c) in tables[c])
            guess = min(counts, key=lambda w: (-counts[w], w)); w = ids[i]
            right.append(guess == w); loss.append(-math.log((counts[w] + .01) / (sum(counts.values()) + .01 * (len(V) - 3))))
            by[kind.get(w, '')].append(guess == w)
            others = [v for j, v in enumerate(ids) if j != i and (mask is None or j not in mask)]
            if w in kind and w in others: elsewhere.append(guess == w)
    mean = lambda x: sum(x) / len(x)
    return {'accuracy': mean(right), 'count': len(right), 'crossEntropy': mean(loss), 'kinds': {k: mean(by[k]) for k in KINDS}, 'elsewhere': mean(elsewhere), 'elsewhereCount': len(elsewhere)}


# two neighbouring places of seven are masked, from a place that depends on the story
masks = [[j for j in range(len(ids)) if (j + 3 * i) % 7 < 2] for i, ids in enumerate(test)]
label = lambda i, split: tales.tale(1, i, split)[1]
have = lambda rows: [set(r) for r in rows]


def single():
    a, b, y, z = have(train), have(test), [label(i, 'train') for i in range(TRAIN)], [label(i, 'test') for i in range(TEST)]
    best = (-1, 0)
    for w in range(3, len(V)):
        yes, no = Counter(t for s, t in zip(a, y) if w in s), Counter(t for s, t in zip(a, y) if w not in s)
        if not yes or not no: continue
        top = lambda c: min(c, key=lambda k: (-c[k], k))
        best = max(best, (sum((top(yes) if w in s else top(no)) == t for s, t in zip(b, z)) / TEST, -w))
    return {'accuracy': best[0], 'word': V[-best[1]]}


out = {'train': TRAIN, 'test': TEST, 'alone': {name: score(chain, [None] * TEST) for name, chain in CHAINS.items()},
       'masked': {name: score(chain, masks) for name, chain in CHAINS.items()}, 'single': single()}
Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
for k in ('alone', 'masked'):
    for name, s in out[k].items(): print(k, name, s)
print(out['single'])
