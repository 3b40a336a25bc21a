import { beforeAll, describe } from 'vitest';
import { selectBackend } from '../../../src/engine/backend.ts';
import { nodeEnvironment } from '../../../src/engine/environment.node.ts';
import { registerSimdKernels, unregisterSimdKernels } from '../../../src/ops/simd/register.ts';
import { itHolds } from './checks.ts';
import type { OpCase } from './opCase.ts';

export type NodeBackend = 'cpu' | 'wasm' | 'wasm with SIMD kernels';

export function itHoldsOnEachBackend(cases: readonly OpCase[]): void {
  describeEachBackend(() => itHolds(cases));
}

/** Runs `body` once per backend that Node has, each current in its turn. */
export function describeEachBackend(body: (backend: NodeBackend) => void): void {
  const backends: NodeBackend[] = ['cpu', 'wasm', 'wasm with SIMD kernels'];
  describe.each(backends)('on %s', (backend) => {
    beforeAll(() => useBackend(backend));
    body(backend);
  });
}

export async function useBackend(backend: NodeBackend): Promise<void> {
  await selectBackend(backend === 'cpu' ? 'cpu' : 'wasm', await nodeEnvironment(false));
  if (backend === 'wasm with SIMD kernels') await registerSimdKernels();
  else unregisterSimdKernels();
}
