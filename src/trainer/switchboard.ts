/** Looking at a run with labels for some senses: what it answers to every subset of them. */
import { shareError } from '../base/statistics.ts';
import type { Sense } from '../config/modalities/names.ts';
import { type Subset, subsetName, subsetsOf } from '../config/subsets.ts';
import type { Samples } from '../data/samples.ts';
import { softmaxRows } from '../metrics/classification.ts';
import { trainedSenses } from '../objectives/robust.ts';
import { indexRange } from './chunks.ts';
import type { BoardReport } from './reports.ts';
import { answersToSubsets, hasAll, namesOf, testSubsets } from './robustness/model.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

export class SwitchboardView implements View {
  constructor(private readonly run: Run) {}

  async board(samples: Samples): Promise<BoardReport> {
    const { steps: step, subject, config } = this.run;
    const names = namesOf(this.run);
    const subsets = subsetsOf(names) as Subset<Sense>[];
    const batch = this.run.tokenizer.cut(samples, indexRange(0, samples.count));
    const answers = (await answersToSubsets(this.run, batch, subsets)).map((logits) => softmaxRows(logits, subject.classes));
    return {
      kind: 'switchboard',
      step,
      senses: names,
      trainedOn: trainedSenses(config, names),
      samples: indexRange(0, samples.count).map((i) => {
        const truth = samples.labels?.[i];
        return {
          ...(truth === undefined || truth >= subject.classes ? {} : { truth }),
          answers: subsets.map((subset, s) =>
            hasAll(batch, subset, i) ? answers[s].slice(i * subject.classes, (i + 1) * subject.classes) : undefined,
          ),
        };
      }),
    };
  }

  /** Accuracy is that of the senses with labels; performance and robustness are the mean and the least over all subsets. */
  async *measure(set: Samples, samples: readonly number[]): AsyncGenerator<undefined, Measurement, void> {
    if (set.labels === undefined) return { scores: {}, errors: {}, pictures: 0 };
    const testing = testSubsets(this.run, set, samples);
    let step = await testing.next();
    for (; !step.done; step = await testing.next()) yield undefined;
    const { right, counts } = step.value;
    const names = namesOf(this.run);
    const shares = Array.from(right, (value, s) => value / counts[s]);
    const trained = subsetName(trainedSenses(this.run.config, names));
    const own = subsetsOf(names).findIndex((subset) => subsetName(subset) === trained);
    const known = shares.filter((share) => !Number.isNaN(share));
    const scores = {
      accuracy: shares[own],
      performance: known.reduce((sum, share) => sum + share, 0) / known.length,
      robustness: Math.min(...known),
    };
    return {
      scores,
      errors: { accuracy: shareError(shares[own], counts[own]) },
      pictures: samples.length,
      subsets: { accuracy: shares, counts: Array.from(counts) },
    };
  }
}
