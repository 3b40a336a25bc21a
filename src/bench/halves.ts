/** Patchwork's step with activations in 16 bits, as the engine `webgpu-f16` takes it. */
import { BackendError } from '../base/errors.ts';
import { currentGpuSession } from '../engine/gpu/session.ts';
import type { Contender, Entrant } from './contender.ts';
import { patchwork } from './patchwork.ts';
import { switchBackend } from './tfjs.ts';

export const patchworkHalves: Entrant = {
  name: 'patchwork, 16-bit activations',

  refuses: (_problem, backend) => (backend === 'webgpu' ? undefined : 'only kernels on WebGPU keep activations in 16 bits'),

  async enter(problem, backend): Promise<Contender> {
    await switchBackend(backend);
    const session = currentGpuSession();
    if (session === undefined) throw new BackendError('This WebGPU backend has no kernels of ours.');
    const { dispatcher } = session;
    const halves = await session.halvesHere();
    const { multiply: _, ...whole } = await patchwork.enter(problem, backend);
    return {
      ...whole,
      about: `kept ${halves === 'native' ? 'as f16' : 'as pairs in words'}`,
      // The others of the bench are on the same device, and keep theirs in 32 bits.
      async step() {
        dispatcher.halves = halves;
        try {
          return await whole.step();
        } finally {
          dispatcher.halves = undefined;
        }
      },
    };
  },
};
