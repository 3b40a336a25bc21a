import { spawnSync } from 'node:child_process';
import { findTorch } from '../../../scripts/python.mjs';

/** @returns what a script printed; throws with what it complained of */
export function runPython(args: readonly string[], cwd?: string): string {
  const python = findTorch();
  if (python === undefined) throw new Error('There is no Python with PyTorch here (Debian: python3-torch).');
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', cwd, maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}
