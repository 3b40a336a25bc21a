"""Reference values for src/metrics: PCA, ranks, spreads over images, kNN and the linear probe, by NumPy and SciPy in float64.

Run from anywhere: python3 test/reference/metrics.py writes metrics.json beside this file.
"""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

random = np.random.default_rng(7)


def normal(*shape):
    """Four decimals, so that the file holds exactly what the numbers were computed from."""
    return np.round(random.normal(size=shape), 4)


def effective_rank(matrix):
    singular = np.linalg.svd(matrix, compute_uv=False)
    p = singular / singular.sum()
    p = p[p > 0]
    return np.exp(-(p * np.log(p)).sum())


def latents():
    vectors = np.round(normal(14, 6) @ np.diag([3, 0.2, 1.5, 0.7, 2.2, 0.1]) @ normal(6, 6) + normal(6), 4)
    wide = normal(4, 9)
    mean = vectors.mean(0)
    _, singular, directions = np.linalg.svd(vectors - mean, full_matrices=False)
    largest = np.abs(directions).argmax(1)
    directions *= np.sign(directions[np.arange(6), largest])[:, None]
    variances = singular**2 / len(vectors)
    others = normal(5, 6)
    a, b = vectors[:5], others
    return {
        'vectors': vectors,
        'wide': wide,
        'others': others,
        'mean': mean,
        'directions': directions[:3],
        'deviations': np.sqrt(variances)[:3],
        'shares': (variances / variances.sum())[:3],
        'projected': (others - mean) @ directions[:3].T,
        'cosines': (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1),
        'rank': effective_rank(vectors),
        'wideRank': effective_rank(wide),
    }


def collapse():
    values = np.round(normal(5, 4, 3) * np.array([1, 0.5, 2]) + 3 * normal(4, 3), 4)
    return {
        'values': values,
        'std': values.reshape(-1, 3).std(0, ddof=1).mean(),
        'acrossImages': values.std(0, ddof=1).mean(),
    }


def blobs(rows, d, classes, centres):
    labels = random.integers(classes, size=rows)
    return np.round(centres[labels] + normal(rows, d), 4), labels


def knn():
    centres = normal(3, 5)
    train, train_labels = blobs(30, 5, 3, centres)
    test, test_labels = blobs(12, 5, 3, centres)
    unit = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)
    similarity = unit(test) @ unit(train).T
    result = {'train': train, 'trainLabels': train_labels, 'test': test, 'testLabels': test_labels}
    for k in (5, 20):
        votes = np.zeros((len(test), 3))
        for row, order in enumerate(np.argsort(-similarity, axis=1)[:, :k]):
            for neighbour in order:
                votes[row, train_labels[neighbour]] += np.exp(similarity[row, neighbour] / 0.07)
        result[f'scores{k}'] = votes / votes.sum(1, keepdims=True)
    return result


def softmax(logits):
    exps = np.exp(logits - logits.max(1, keepdims=True))
    return exps / exps.sum(1, keepdims=True)


def probe():
    decay = 0.01
    centres = 0.8 * normal(3, 5)
    scale, shift = np.array([1, 10, 0.1, 3, 1]), np.array([0, 50, -1, 2, 0])
    train, train_labels = blobs(60, 5, 3, centres)
    test, test_labels = blobs(10, 5, 3, centres)
    train, test = np.round(train * scale + shift, 4), np.round(test * scale + shift, 4)
    mean, deviation = train.mean(0), np.sqrt(train.var(0) + 1e-6)
    x, z = (train - mean) / deviation, (test - mean) / deviation

    def loss(flat):
        weight, bias = flat[:15].reshape(3, 5), flat[15:]
        p = softmax(x @ weight.T + bias)
        delta = (p - np.eye(3)[train_labels]) / len(x)
        value = -np.log(p[np.arange(len(x)), train_labels]).mean() + decay / 2 * (weight**2).sum()
        return value, np.concatenate([(delta.T @ x + decay * weight).ravel(), delta.sum(0)])

    best = minimize(loss, np.zeros(18), jac=True, method='BFGS', options={'gtol': 1e-10})
    weight, bias = best.x[:15].reshape(3, 5), best.x[15:]
    return {
        'train': train,
        'trainLabels': train_labels,
        'test': test,
        'testLabels': test_labels,
        'weightDecay': decay,
        'loss': best.fun,
        'scores': softmax(z @ weight.T + bias),
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    flat = np.asarray(value)
    return flat.ravel().tolist() if flat.ndim else flat.item()


sections = {section.__name__: section() for section in (latents, collapse, knn, probe)}
Path(__file__).with_suffix('.json').write_text(json.dumps(plain(sections)) + '\n')
