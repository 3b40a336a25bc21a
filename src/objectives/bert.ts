/**
 * BERT (Devlin et al. 2019), which is SimMIM on words: masked words enter the encoder as the mask's own word, and the rows at their
 * places are asked for them (text.md 4). The mask is put on where the text still lies on the host: a masked word is not there to see.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import { FIRST_WORD, MASK } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import type { ParameterSpec } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encode, encoderParameters } from '../model/transformer.ts';
import { gatherRows } from '../ops/gatherRows.ts';
import { encoderSpec } from './encoder.ts';
import { type Objective, RANDOM_KEY, type Subject } from './objective.ts';
import { idsOf, sortedName, tokenTensors } from './tokenValues.ts';
import { askedWords, drawWords, rowsAt, type WordPainter, wordHeadParameters, wordsLoss } from './words.ts';
import { blocks, type Counted } from './work.ts';

/** What stands in place of a masked word: the mask, or, in a tenth of the places each, the word itself or any other. */
export type Corruption = RunConfig['simmim']['corrupt'];

export function bert(config: RunConfig, { tokens }: Subject): Objective {
  const spec = encoderSpec(config, tokens);
  const painter = bertPainter(spec, config.simmim.corrupt);
  return {
    spec,
    parameters: bertParameters(spec, config.text.tied),
    beta2: 0.95,
    work: () => bertWork({ config, spec }),
    draw: (batch, live, random) => drawWords(painter, batch, live.task.maskRatio, random),
    loss: (weights, task) => wordsLoss(painter, weights, task),
  };
}

export function bertParameters(spec: ModelSpec, tied: boolean): ParameterSpec[] {
  return [...encoderParameters(spec), ...wordHeadParameters(spec, tied)];
}

export function bertPainter(spec: ModelSpec, corrupt: Corruption): WordPainter {
  return {
    spec,
    masksInside: true,

    task(batch, removed, rows, random) {
      const ids = Int32Array.from(idsOf(batch));
      for (const [i, places] of removed.entries()) {
        for (const place of places) {
          const at = i * batch.patches + place;
          ids[at] = corrupt === 'mask' ? MASK : corrupted(ids[at], spec, random);
        }
      }
      const seen = { data: ids, shape: [batch.count, batch.patches, 1] };
      return { tensors: { ...tokenTensors('patches', seen, spec), ...askedWords(batch, removed, rows) }, sizes: {} };
    },

    hidden(weights, { tensors }, attend) {
      const encoded = encode(weights, spec, tensors.patches as tf.Tensor3D, {
        sorted: tensors[sortedName('patches')],
        randomKey: tensors[RANDOM_KEY],
        attend,
      });
      const asked = gatherRows(encoded, tensors.asked as tf.Tensor2D);
      return tf.reshape(asked, [-1, spec.width]);
    },
  };
}

function corrupted(id: number, { vocabulary = 0 }: ModelSpec, random: Random): number {
  const chance = random.uniform();
  if (chance < 0.8) return MASK;
  return chance < 0.9 ? FIRST_WORD + random.below(vocabulary - FIRST_WORD) : id;
}

/** All places through the encoder; looking words up is no product. */
export function bertWork({ config, spec }: Counted): number {
  const head = rowsAt(spec, config.task.maskRatio) * spec.width * (spec.vocabulary ?? 0);
  return 3 * (blocks(spec, spec.patches) + head);
}
