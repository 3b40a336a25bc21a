import type { HomePart } from './part.ts';
import { textFile } from './pictureModel.ts';
import example from './python/example.py?raw';
import modeling from './python/modeling_patchwork.py?raw';

/** The model in Python, and the proof of it. */
export const code: HomePart = {
  id: 'python',
  label: 'PyTorch',
  help: 'One file that needs torch only, for every kind of model, and an example that loads the weights and proves itself against the probe.',
  path: ['modeling_patchwork.py', 'example.py'],
  build: () => [textFile('modeling_patchwork.py', modeling), textFile('example.py', example)],
};
