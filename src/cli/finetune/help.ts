import { optionLines } from '../optionTable.ts';
import { FINETUNE_OPTIONS } from './options.ts';

/** The text of `finetune -- --help`, made from the same table that the options are read with. */
export function finetuneHelp(): string {
  return `Uses labels on a pretrained encoder, or from scratch, and tests what came of it.

  npm run --silent finetune -- --from weights.safetensors --labels-per-class 100 --protocol full --json
  npm run --silent finetune -- --preset mae-scenes --labels-per-class 100 --protocol linear

Regularisers, with --from: --set supervised.regulariser=l2sp, recAdam, mars or r3f; their settings are supervised.l2sp, .recAdamPull,
.recAdamMiddle, .recAdamSlope, .marsRadius, .r3f, .r3fNoise and .r3fShape (train --help).

Options
${optionLines(FINETUNE_OPTIONS)}

With --json the last line is {"event":"done"} with accuracy, its test samples, seconds and gflop of using the labels, and the
confusion matrix: rows are true classes, columns answers. Of fine-tuning also testLoss, trainLoss on trainSamples of what it learned
from, generalisationGap (their difference), and how far the encoder moved from its start (distance, relativeDistance).

Exit codes: 0 done, 1 the run failed, 2 wrong use (nothing was trained), 130 interrupted.`;
}
