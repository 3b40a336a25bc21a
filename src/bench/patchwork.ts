/** Patchwork as the app runs it. */
import * as tf from '@tensorflow/tfjs-core';
import { linear } from '../ops/linear.ts';
import { Run } from '../trainer/run.ts';
import type { Contender, Entrant } from './contender.ts';
import { SquareProduct, settleDevice, switchBackend } from './tfjs.ts';

/** A run on WebGPU does a few steps op by op before it records one. */
const WARM_UP = 6;

export const patchwork: Entrant = {
  name: 'patchwork',

  async enter({ config, dataset }, backend): Promise<Contender> {
    await switchBackend(backend);
    const run = new Run(config, dataset);
    const product = new SquareProduct((a, b) => tf.tidy(() => linear(a, b, tf.zeros<tf.Rank.R1>([b.shape[1]]))));
    return {
      warmUp: WARM_UP,
      activate: () => switchBackend(backend),
      step: async () => (await run.step()).loss,
      settle: settleDevice,
      multiply: async (side) => product.run(side),
      dispose() {
        product.dispose();
        run.dispose();
      },
    };
  },
};
