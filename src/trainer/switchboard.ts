/** Looking at a run with labels for some senses: what it answers to every subset of them. */
import { shareError } from '../base/statistics.ts';
import { subsetName, subsetsOf } from '../config/subsets.ts';
import type { Samples } from '../data/samples.ts';
import { trainedSenses } from '../objectives/robust.ts';
import { indexRange } from './chunks.ts';
import { type NoiseLevels, withNoise } from './memberNoise.ts';
import type { BoardReport, NoisyAnswer } from './reports.ts';
import { switchboardSamples } from './robustness/answers.ts';
import { hasAll, namesOf, probabilitiesOf, testSubsets } from './robustness/model.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

export class SwitchboardView implements View {
  constructor(private readonly run: Run) {}

  async board(samples: Samples): Promise<BoardReport> {
    const { steps: step, subject, config } = this.run;
    const names = namesOf(this.run);
    const batch = this.run.tokenizer.cut(samples, indexRange(0, samples.count));
    const answers = await probabilitiesOf(this.run, batch);
    return {
      kind: 'switchboard',
      step,
      senses: names,
      trainedOn: trainedSenses(config, names),
      samples: switchboardSamples(answers, {
        senses: names,
        classes: subject.classes,
        labels: samples.labels,
        isThere: (subset, i) => hasAll(batch, subset, i),
      }),
    };
  }

  async answer(samples: Samples, index: number, noise: NoiseLevels): Promise<NoisyAnswer> {
    const { tokenizer, subject, objective } = this.run;
    const words = objective.senses?.specs.find(({ spec }) => spec.vocabulary !== undefined)?.spec.vocabulary ?? 0;
    const batch = withNoise(tokenizer.cut(samples, [index]), noise, words);
    const names = namesOf(this.run);
    const [sample] = switchboardSamples(await probabilitiesOf(this.run, batch), {
      senses: names,
      classes: subject.classes,
      labels: samples.labels && [samples.labels[index]],
      isThere: (subset) => hasAll(batch, subset, 0),
    });
    const { picture, sound, text } = batch.members ?? {};
    return {
      sample,
      members: {
        ...(picture && { picture: tokenizer.drawMember?.('picture', Float32Array.from(picture.values)) }),
        ...(sound && { sound: tokenizer.drawMember?.('sound', Float32Array.from(sound.values)) }),
        ...(text && { text: Int32Array.from(text.values) }),
      },
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
