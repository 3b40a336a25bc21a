"""Proves that the model in this folder computes here what it computed in Patchwork: python3 example.py (needs torch only)."""
import sys
from pathlib import Path

import torch

from modeling_patchwork import load, read_safetensors

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
TOLERANCE = 1e-3  # of numbers of the size of 1: both sides compute in single precision


def compare(model, probe):
    """Largest difference by name."""
    senses = {name[:-7]: values for name, values in probe.items() if name.endswith('.tokens')}
    tokens = senses or probe['tokens']
    with torch.no_grad():
        out = model(tokens)
        if 'painted' in probe:
            kept = probe['order'].shape[1] - probe['painted'].shape[1]
            out['painted'] = model.paint(tokens, probe['order'], kept)
        if 'pixels' in probe:
            out['tokens'] = model.tokens(probe['pixels'])
        if 'waveform' in probe:
            out['tokens'] = model.tokens(probe['waveform'])
    known = [name for name in out if name in probe]
    return {name: ((out[name] - probe[name]).abs().max() / probe[name].abs().max().clamp(min=1)).item() for name in known}


def main():
    model = load(FOLDER)
    probe, _ = read_safetensors(FOLDER / 'probe.safetensors')
    differences = compare(model, probe)
    for name, value in differences.items():
        print(f'{name:20} differs by {value:.1e}')
    if not differences or not max(differences.values()) < TOLERANCE:
        sys.exit('The model does NOT compute what it computed in Patchwork.')
    print('The model computes what it computed in Patchwork.')


if __name__ == '__main__':
    main()
