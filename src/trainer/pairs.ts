/** Looking at a contrastive run: which members are near each other, and whether the nearest one is right. */

import { Random } from '../base/random.ts';
import { shareError, standardError } from '../base/statistics.ts';
import type { Sense } from '../config/modalities/names.ts';
import { phasesOf } from '../config/phases.ts';
import type { Samples } from '../data/samples.ts';
import { alignmentOf, embeddingPlane } from '../metrics/alignment.ts';
import { embeddingSpread, judgeEmbeddings } from '../metrics/embeddingCollapse.ts';
import { matcherFloor, meanFloor } from '../metrics/matcherFloor.ts';
import { type Embedded, precisionOfPairs } from '../metrics/retrieval.ts';
import { unitRows } from '../metrics/unitRows.ts';
import type { SeparateSenses } from '../model/senses.ts';
import { contrastiveSenses, pairsOf } from '../objectives/contrastive.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import { chunks, indexRange } from './chunks.ts';
import { type EmbeddedSenses, embedSenses, joinEmbedded } from './embedSenses.ts';
import { type FindQuery, findNearest } from './findNearest.ts';
import type { BoardReport, Found, SensesReport } from './reports.ts';
import { namesOf, tokensOf } from './robustness/model.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** Batches for looking do not depend on the run's seed. */
const LOOK_SEED = 20_221;
/** Samples that the plane shows: more are a cloud. */
const PLANE_SAMPLES = 200;

export class PairsView implements View {
  private readonly senses: SeparateSenses<Sense>;

  constructor(private readonly run: Run) {
    this.senses = contrastiveSenses(run.config, run.tokenizer.tokens);
  }

  async board(samples: Samples): Promise<BoardReport> {
    const { steps: step } = this.run;
    const embedded = await embedSenses(this.run, this.senses, this.run.tokenizer.cut(samples, indexRange(0, samples.count)));
    const names = namesOf(this.run);
    const pairs = names.flatMap((first, a) => names.slice(a + 1).map((second) => ({ first, second })));
    const all = pairs.map(({ first, second }) => cosinesOf(embedded.get(first), embedded.get(second)));
    const rows = indexRange(0, samples.count).map((i) => ({
      cosines: all.map((cosines) => cosines.slice(i * samples.count, (i + 1) * samples.count)),
    }));
    return { kind: 'pairs', step, pairs, samples: rows };
  }

  async *measure(set: Samples, samples: readonly number[]): AsyncGenerator<undefined, Measurement, void> {
    const losses: number[] = [];
    const size = Math.min(this.run.config.optimiser.batch, samples.length);
    for (let from = 0; from + size <= samples.length; from += size) {
      losses.push(await this.lossOf(this.run.tokenizer.cut(set, samples.slice(from, from + size))));
      yield undefined;
    }
    const parts: EmbeddedSenses[] = [];
    for (const chunk of chunks(samples, tokensOf(this.run))) {
      const batch = this.run.tokenizer.cut(set, chunk);
      parts.push(await embedSenses(this.run, this.senses, batch));
      yield undefined;
    }
    const embedded = joinEmbedded(parts);
    const { labels } = set;
    const classes = labels && Uint16Array.from(samples, (sample) => labels[sample]);
    const report = describe(embedded, classes);
    const { retrieval, alignment } = report;
    const spreads = Object.fromEntries([...embedded].map(([sense, own]) => [sense, embeddingSpread(own)]));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // Two senses that no measured sample has both of cannot be asked for each other.
    const askedFor = retrieval.filter(({ byPartner: { queries, gallery } }) => queries > 0 && gallery > 0);
    const byClass = askedFor.flatMap(({ byClass }) => (byClass === undefined ? [] : [byClass.precision]));
    const byPartner = askedFor.map(({ byPartner }) => byPartner.precision);
    const scores = {
      loss: mean(losses),
      ...(byClass.length === 0 ? {} : { retrievalPrecision: mean(byClass) }),
      partnerPrecision: mean(byPartner),
      modalityGap: mean(alignment.map(({ distance }) => distance)),
      pairMargin: mean(alignment.map(({ contrast }) => contrast)),
      embeddingSpread: Math.min(...Object.values(spreads)),
    };
    // All questions are asked of the same samples, or of some of them where senses are missing: no surer than that of the fewest.
    const fewest = Math.min(...askedFor.map(({ byPartner: { queries } }) => queries));
    const errors = {
      ...(losses.length > 1 ? { loss: standardError(losses) } : {}),
      ...(byClass.length === 0 ? {} : { retrievalPrecision: shareError(mean(byClass), fewest) }),
      partnerPrecision: shareError(mean(byPartner), fewest),
    };
    return { scores, errors, pictures: samples.length, senses: report, health: judgeEmbeddings(spreads) };
  }

  find(query: FindQuery, board: Samples): Promise<Found> {
    return findNearest(this.run, this.senses, query, board);
  }

  /** What somebody would lose who reads every picture and sound and knows of captions what they say; of built-in pairs only. */
  async *references(): AsyncGenerator<undefined, Readonly<Record<string, number>>, void> {
    const { data, optimiser, pair, contrastive } = this.run.config;
    if (data.dataset !== 'pairs') return {};
    const names = namesOf(this.run);
    const pairs = pairsOf(names, contrastive.pairs);
    const captions = pairs.filter((both) => both.some((k) => names[k] === 'text')).length;
    return { 'perfect matcher': meanFloor(matcherFloor(optimiser.batch, pair.uninformative), pairs.length, captions) };
  }

  /** The loss of one batch, as in training. */
  private async lossOf(batch: PatchBatch): Promise<number> {
    const { objective, config } = this.run;
    const [phase] = phasesOf(config);
    const task = objective.draw(batch, config, new Random(LOOK_SEED), phase, 0);
    const [loss] = await this.run.forward(task, (weights, uploaded) => [objective.loss(weights, uploaded, undefined).loss]);
    return loss[0];
  }
}

/** Who finds whom, how far apart senses lie, and a plane to see them in. @param classes of the samples, if they have any */
export function describe(embedded: EmbeddedSenses, classes: Uint16Array | undefined): SensesReport {
  const names = [...embedded.keys()];
  const count = [...embedded.values()].map(({ rows, d }) => rows.length / d)[0] ?? 0;
  const own = Array.from({ length: count }, (_, i) => i);
  const byPartner = precisionOfPairs(embedded, own);
  const byClass = classes && precisionOfPairs(embedded, classes);
  const shown = Math.min(count, PLANE_SAMPLES);
  const plane = embeddingPlane(names.map((name) => firstRows(embedded.get(name) as Embedded, shown)));
  return {
    retrieval: byPartner.map(({ from, to, precision }, i) => ({
      from,
      to,
      byPartner: precision,
      ...(byClass === undefined ? {} : { byClass: byClass[i].precision }),
    })),
    alignment: names.flatMap((first, a) =>
      names
        .slice(a + 1)
        .map((second) => ({ first, second, ...alignmentOf(embedded.get(first) as Embedded, embedded.get(second) as Embedded) })),
    ),
    plane: { senses: names, ...plane, ...(classes === undefined ? {} : { classes: classes.slice(0, shown) }) },
  };
}

function firstRows({ rows, d, present }: Embedded, count: number): Embedded {
  return { rows: rows.subarray(0, count * d), d, ...(present === undefined ? {} : { present }) };
}

/** (samples, samples) cosines of the members of one sense (rows) with those of another; NaN where one is absent. */
function cosinesOf(first: Embedded | undefined, second: Embedded | undefined): Float32Array {
  if (first === undefined || second === undefined) return new Float32Array();
  const { d } = first;
  const [a, b] = [unitRows(first.rows, d), unitRows(second.rows, d)];
  const count = a.length / d;
  return Float32Array.from({ length: count * count }, (_, at) => {
    const [i, j] = [Math.floor(at / count), at % count];
    if (first.present?.[i] === 0 || second.present?.[j] === 0) return Number.NaN;
    let sum = 0;
    for (let k = 0; k < d; k++) sum += a[i * d + k] * b[j * d + k];
    return sum;
  });
}
