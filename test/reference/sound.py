"""Front ends of sound: the tokens of clips, statistics of bands, and Griffin-Lim. Needs NumPy only; see README.md."""
import json
import os
import sys

import numpy as np

RATE = 16000
STRIDE = 7  # every 7th number is kept: it shares no factor with bands or frames, so all of them are met
HERE = os.path.dirname(os.path.abspath(__file__))


def clip(samples, seed):
    """16-bit saw teeth that change pitch and level, with noise: whole numbers only, so that it can be made again anywhere."""
    out, state = np.zeros(samples, np.int64), seed
    for i in range(samples):
        state = (state * 1664525 + 1013904223) % 2**32
        period = 40 + 3 * (i // 2048 % 16)
        saw = (i % period) * 16000 // period - 8000
        out[i] = saw * (1 + i // 1024 % 4) // 4 + ((state >> 16) - 32768) // 32
    return out / 32768


def mel(f):
    return 1127 * np.log(1 + f / 700)


def bank(bands, size, low, high):
    """(bins, bands)"""
    edges = np.linspace(mel(low), mel(high), bands + 2)
    bins = mel(np.arange(size // 2 + 1) * RATE / size)[:, None]
    up = (bins - edges[:-2]) / np.diff(edges)[:-1]
    down = (edges[2:] - bins) / np.diff(edges)[1:]
    weights = np.maximum(0, np.minimum(up, down))
    weights[0] = 0
    return weights


def hann(length):
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)


def log_mel(x, starts, window, size, bands, low, high):
    """(frames, bands); power as of a window and a transform of 512 samples."""
    frames = np.stack([x[s:s + window] for s in starts]) * hann(window)
    power = np.abs(np.fft.rfft(frames, size)) ** 2 * (512 * 512 / (window * size))
    return np.log(power @ bank(bands, size, low, high) + 1e-6)


def cosine_transform(coefficients):
    k, j = np.arange(coefficients)[:, None], np.arange(64)
    return np.sqrt(2 / 64) * np.cos(np.pi * k * (2 * j + 1) / 128)


def evenly(count, last):
    if count == 1:
        return [(last + 1) // 2]
    return [int(np.floor(i * last / (count - 1) + 0.5)) for i in range(count)]


def frames_of(s, x):
    """(frames, bins) of a clip, and where the frames start"""
    n, f = s['pieces'], s['framesPerToken']
    if s['kind'] == 'pieces':
        piece = len(x) // n
        window = size = 512 if piece >= 768 else 256
        starts = [k * len(x) // n + inside for k in range(n) for inside in evenly(f, piece - window)]
    elif s['kind'] == 'frames':
        window, size = 480, 512
        starts = list(range(0, len(x) - window + 1, 160))
    else:
        window = size = 512
        starts = evenly(n * f, len(x) - 512)
    bands = 64 if s['features'] == 'mfcc' else s['bins']
    logs = log_mel(x, starts, window, size, bands, s['low'], s['high'])
    return logs @ cosine_transform(s['bins']).T if s['features'] == 'mfcc' else logs


def tokens_of(s, x):
    frames = frames_of(s, x)
    if s['kind'] == 'patches':
        rows, columns = s['pieces'], s['bins'] // 8
        # A picture of the sound, highest band first and time to the right, patch by patch, row by row.
        picture = frames.T[::-1]
        return picture.reshape(columns, 8, rows, s['framesPerToken']).transpose(0, 2, 1, 3).ravel()
    return frames.ravel()


def front_end(kind, features='log-mel', pieces=16, framesPerToken=3, bins=40, seconds=1.024, low=80, high=7600):
    return {'kind': kind, 'features': features, 'pieces': pieces, 'framesPerToken': framesPerToken, 'bins': bins,
            'seconds': seconds, 'rate': RATE, 'low': low, 'high': high}


CASES = {
    'pieces with the long window': (front_end('pieces'), 16384),
    'pieces with the short window': (front_end('pieces', seconds=0.512), 8192),
    'pieces of a short clip that cannot be divided': (front_end('pieces'), 5003),
    'pieces of telephone speech': (front_end('pieces', high=3800), 6400),
    'pieces of one frame': (front_end('pieces', framesPerToken=1, pieces=8, bins=24, seconds=0.512), 8191),
    'pieces, MFCC': (front_end('pieces', 'mfcc', bins=13), 16384),
    'frames, MFCC': (front_end('frames', 'mfcc'), 16384),
    'frames': (front_end('frames', seconds=1), 16000),
    'running, tokens of 4 frames': (front_end('running', framesPerToken=4), 9001),
    'running, tokens of 2 frames': (front_end('running', pieces=32, framesPerToken=2, bins=64), 16384),
    'patches': (front_end('patches', pieces=8, framesPerToken=8), 16384),
    'pieces that just have room for the long window': (front_end('pieces'), 12288),
    'patches of a short clip': (front_end('patches', pieces=8, framesPerToken=8, bins=24), 4099),
}


def nine(values):
    return [float(f'{v:.9g}') for v in np.asarray(values).ravel()]


def statistics():
    s = front_end('pieces')
    clips = [(16384, 1), (5003, 2), (12000, 3)]
    frames = np.concatenate([frames_of(s, clip(*c)) for c in clips])
    mean, deviation = frames.mean(0), frames.std(0)
    normalised = (tokens_of(s, clip(*clips[1])) - np.tile(mean, 48)) / (np.tile(deviation, 48) + 1e-5)
    return {'frontEnd': s, 'clips': clips, 'mean': nine(mean), 'deviation': nine(deviation), 'second': nine(normalised[::STRIDE])}


def bins_of_bands(power, weights):
    """(frames, bins) power that gives the bands' power again: 20 multiplicative updates"""
    totals = weights.sum(1)
    guess = power @ (weights / weights.sum(0)).T
    for _ in range(20):
        ratio = power / np.maximum(guess @ weights, 1e-12)
        guess = guess * (ratio @ weights.T) / np.maximum(totals, 1e-9)
    return guess


def overlap_add(spectra, samples):
    w, y, weight = hann(512), np.zeros(samples), np.zeros(samples)
    for i, frame in enumerate(np.fft.irfft(spectra, 512)):
        y[i * 128:i * 128 + 512] += frame * w
        weight[i * 128:i * 128 + 512] += w * w
    return y / np.maximum(weight, 1e-3)


def griffin_lim(magnitude, phase, iterations):
    samples = 512 + 128 * (len(magnitude) - 1)
    spectra, before = magnitude * np.exp(1j * phase), None
    for _ in range(iterations):
        y = overlap_add(spectra, samples)
        again = np.fft.rfft(np.stack([y[i * 128:i * 128 + 512] for i in range(len(magnitude))]) * hann(512), 512)
        moved = again if before is None else again + 0.99 * (again - before)
        before, spectra = again, magnitude * np.exp(1j * np.angle(moved))
    return overlap_add(spectra, samples)


def back():
    x = clip(1536, 5)
    starts = range(0, len(x) - 511, 128)
    logs = log_mel(x, starts, 512, 512, 40, 80, 7600)
    power = bins_of_bands(np.maximum(np.exp(logs) - 1e-6, 0), bank(40, 512, 80, 7600))
    state, turns = 9, np.zeros(power.size)
    for i in range(power.size):
        state = (state * 1664525 + 1013904223) % 2**32
        turns[i] = state / 2**32
    magnitude, phase = np.sqrt(power), 2 * np.pi * turns.reshape(power.shape)
    return {'samples': len(x), 'seed': 5, 'phaseSeed': 9, 'power': nine(power.ravel()[::STRIDE]),
            'once': nine(griffin_lim(magnitude, phase, 1)[::STRIDE]), 'wave': nine(griffin_lim(magnitude, phase, 32)[::STRIDE])}


def computed():
    cases = {name: {'frontEnd': s, 'samples': samples, 'seed': i + 1, 'numbers': len(tokens_of(s, clip(samples, 1))),
                    'values': nine(tokens_of(s, clip(samples, i + 1))[::STRIDE])} for i, (name, (s, samples)) in enumerate(CASES.items())}
    levels = log_mel(0.1 * np.random.default_rng(0).standard_normal(160000), range(0, 159000, 256), 512, 512, 40, 80, 7600).mean()
    print(f'white noise of rms .1: {levels:.2f}')
    return {'stride': STRIDE, 'cases': cases, 'statistics': statistics(), 'griffinLim': back()}


if __name__ == '__main__':
    path, result = os.path.join(HERE, 'sound.json'), computed()
    if '--check' in sys.argv:
        with open(path) as file:
            assert json.load(file) == json.loads(json.dumps(result)), 'sound.json is not what this script computes'
    else:
        with open(path, 'w') as file:
            json.dump(result, file)
    print('sound.json', 'checked' if '--check' in sys.argv else 'written')
