/** Python with PyTorch, where there is one: a system's own, as Debian's python3-torch is found by it alone. Never required. */
import { spawnSync } from 'node:child_process';

/** @returns {string | undefined} the interpreter */
export function findTorch() {
  return ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', 'import torch']).status === 0);
}
