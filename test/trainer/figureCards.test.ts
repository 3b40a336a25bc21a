/** Every card's quick form, shrunk to a few steps of a tiny model, runs to its end, and each of its lines has points. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config/field.ts';
import type { CardLine, CardPart, EnsemblePart, FigureCard, RobustnessPart, SweepPart } from '../../src/config/figures/card.ts';
import { cardOf, FIGURE_CARDS } from '../../src/config/figures/cards.ts';
import { CONTENDER, ensemblePoints } from '../../src/config/figures/ensemble.ts';
import { RESULTS_VERSION } from '../../src/config/resultsVersion.ts';
import { robustRun } from '../../src/config/robustRun.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { sweepPoints } from '../../src/config/sweep/points.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { cardResult } from '../../src/metrics/cardResult.ts';
import { figureLines } from '../../src/metrics/figureLines.ts';
import type { SweepValue } from '../../src/metrics/sweepSummary.ts';
import { stepFlops } from '../../src/trainer/flops.ts';
import { isRow, type RobustnessRow } from '../../src/trainer/robustness/plan.ts';
import { runRobustness } from '../../src/trainer/robustness/run.ts';
import { robustnessValues } from '../../src/trainer/robustness/values.ts';
import { type AnsweredMember, ensembleValues } from '../../src/trainer/study/ensembleValues.ts';
import { runSweep } from '../../src/trainer/sweep/runSweep.ts';
import { formWith } from '../formWith.ts';
import { colourSubject, startWasm } from '../tinyRun.ts';
import { fileOf, range, trained } from './tinyPairRuns.ts';

beforeAll(startWasm);

const PRETRAIN = 2;
const TINY: Settings = { 'model.width': 32, 'model.depth': 2, 'model.heads': 2, 'optimiser.warmup': 0, 'optimiser.steps': 1 };
const TINY_LABELS: Settings = {
  'optimiser.steps': 1,
  'optimiser.batch': 4,
  'optimiser.warmup': 0,
  'supervised.labelsPerClass': 2,
};
/** Settings of which a card's own values would take long: theirs are first, second, third. */
const COUNTED = ['optimiser.steps', 'finetune.optimiser.steps', 'supervised.labelsPerClass'];

const known = new Map<string, Promise<Dataset>>();

/** A few samples of a built-in set. */
function samplesOf(name: RunConfig['data']['dataset']): Promise<Dataset> {
  if (name === 'files') throw new Error('cards run on built-in samples');
  const dataset = known.get(name) ?? fewOf(name);
  known.set(name, dataset);
  return dataset;
}

async function fewOf(name: Exclude<RunConfig['data']['dataset'], 'files'>): Promise<Dataset> {
  const { train, heldOut, ...rest } = await builtInDataset(name, formWith(), 1);
  return { ...rest, train: selectSamples(train, range(150)), heldOut: selectSamples(heldOut, range(16)) };
}

function tinySweep(part: SweepPart): SweepPart['sweep'] {
  const { base, labels, axes, checkpointsAt, ...sweep } = part.sweep;
  const { pretrainSteps } = base.selfDistillation;
  const { steps } = base.optimiser;
  return {
    ...sweep,
    base: applySettings(base, {
      ...TINY,
      ...(sweep.measures.includes('locality') && { 'model.depth': base.model.depth }),
      'optimiser.batch': base.task.objective === 'data2vec' ? 2 : 8,
      'selfDistillation.pretrainSteps': PRETRAIN,
      'mae.decoderWidth': 32,
      'mae.decoderDepth': 1,
    }),
    labels: { ...labels, ...TINY_LABELS },
    axes: axes.map(({ path, values }) => ({ path, values: values.map((value) => tinyValue(path, value, values)) })),
    // Ends of phases stay such.
    checkpointsAt: checkpointsAt.map((step) => PRETRAIN + (step - pretrainSteps) / steps),
  };
}

function tinyValue(path: string, value: Settings[string], values: readonly Settings[string][]): Settings[string] {
  return COUNTED.includes(path) ? values.indexOf(value) + 1 : value;
}

async function sweepValues(part: SweepPart): Promise<SweepValue[]> {
  const sweep = tinySweep(part);
  const open = async (config: RunConfig) => ({
    target: await samplesOf(config.data.dataset),
    source: await samplesOf(config.selfDistillation.source),
  });
  const values: SweepValue[] = [];
  for await (const event of runSweep([{ points: sweepPoints(sweep), testSamples: 16 }], open)) {
    if (event.type !== 'point') continue;
    const { values: measured, at, baseline, step, seed, version } = event.result;
    values.push(...Object.entries(measured).map(([measure, value]) => ({ at, baseline, step, seed, version, measure, value })));
  }
  return values;
}

function tinyEnsemble(part: EnsemblePart): EnsemblePart {
  const members = part.members.map((member) => ({
    ...member,
    pretraining: applySettings(member.pretraining, {
      ...TINY,
      'optimiser.batch': 8,
      'mae.decoderWidth': 32,
      'mae.decoderDepth': 1,
    }),
  }));
  const labels = { ...part.labels, ...TINY_LABELS };
  return { ...part, members, labels };
}

async function togetherValues(part: EnsemblePart): Promise<SweepValue[]> {
  const { ensembles, ...tiny } = tinyEnsemble(part);
  const open = async (config: RunConfig) => {
    const target = await samplesOf(config.data.dataset);
    return { target, source: target };
  };
  const answered: AnsweredMember[] = [];
  for await (const event of runSweep([{ points: ensemblePoints(tiny), testSamples: 16 }], open)) {
    if (event.type !== 'point') continue;
    const { answers, at, seed } = event.result;
    if (answers !== undefined) answered.push({ ...answers, name: String(at[CONTENDER]), seed });
  }
  return ensembleValues(answered, ensembles, RESULTS_VERSION);
}

async function studyValues(part: RobustnessPart): Promise<SweepValue[]> {
  const dataset = await samplesOf(part.pretraining.data.dataset);
  const run = await trained(applySettings(part.pretraining, { ...TINY, 'model.depth': 1, 'optimiser.batch': 32 }), dataset);
  const plan = {
    config: applySettings(robustRun(run.config), {
      ...part.labels,
      ...{
        'optimiser.steps': 1,
        'optimiser.warmup': 0,
        'optimiser.batch': 8,
        'robust.labelsPerClass': 2,
        'robust.unlabelled': 60,
      },
    }),
    weights: await fileOf(run),
    seeds: part.seeds,
    methods: part.methods,
    baselines: part.baselines,
    alphas: part.alphas,
    scratchSteps: 1,
    testSamples: 16,
  };
  run.dispose();
  const rows: RobustnessRow[] = [];
  for await (const event of runRobustness(plan, dataset)) if (isRow(event)) rows.push(event);
  return robustnessValues(rows, plan.config.pair.senses.split('+'), RESULTS_VERSION);
}

function valuesOf(part: CardPart): Promise<SweepValue[]> {
  if (part.kind === 'sweep') return sweepValues(part);
  return part.kind === 'robustness' ? studyValues(part) : togetherValues(part);
}

/** Lines whose places were made small with the values of their axes. */
function tinyLine(line: CardLine, parts: readonly CardPart[]): CardLine {
  const part = parts.find(({ name }) => name === line.part);
  if (line.where === undefined || part?.kind !== 'sweep') return line;
  const where = Object.entries(line.where).map(([path, value]) => {
    const values = part.sweep.axes.find((axis) => axis.path === path)?.values ?? [];
    return [path, tinyValue(path, value, values)] as const;
  });
  return { ...line, where: Object.fromEntries(where) };
}

describe('quick cards', () => {
  it.each(FIGURE_CARDS.map((card) => [card.id, card] as const))('%s runs to its end', { timeout: 120_000 }, async (_, card) => {
    const { parts } = card.sizes.quick;
    const values = Object.fromEntries(await Promise.all(parts.map(async (part) => [part.name, await valuesOf(part)] as const)));
    const form = {
      minutes: 0,
      parts: parts.map((part) => (part.kind === 'sweep' ? { ...part, sweep: tinySweep(part) } : part)),
    };
    const charts = card.charts.map((chart) => ({ ...chart, lines: chart.lines.map((line) => tinyLine(line, parts)) }));
    const lines = figureLines({ charts }, form, values);
    const wrong = Object.entries(lines).filter(
      ([, points]) => points.length === 0 || points.some(({ mean, count }) => !Number.isFinite(mean) || count !== 1),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
    const tiny: FigureCard = { ...card, charts, sizes: { ...card.sizes, quick: form } };
    const { verdicts } = cardResult(tiny, 'quick', values, { data: '', command: '' });
    // One seed tells no difference.
    const compared = verdicts.filter((_, i) => card.rules[i]?.rule !== 'within');
    expect(compared.filter(({ verdict }) => verdict !== 'cannot be told')).toEqual([]);
  });
});

it('data2vec and MAE are compared at steps of equal arithmetic', () => {
  const [first, second] = (cardOf('data2vec-mae') as FigureCard).sizes.careful.parts as [SweepPart, SweepPart];
  const [data2vec, mae] = [first, second].map(({ sweep: { base } }) => stepFlops(base, colourSubject(base, 10)));
  expect(Math.abs(data2vec / mae - 1)).toBeLessThan(0.02);
});
