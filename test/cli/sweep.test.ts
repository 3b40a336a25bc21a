import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Contents } from '../../src/cli/compare/contents.ts';
import { type Experiment, readExperiments, unitsOf } from '../../src/cli/compare/experiments.ts';
import { keyOf } from '../../src/cli/compare/keys.ts';
import { encoderRun } from '../../src/cli/compare/pretraining.ts';
import type { UnitResult } from '../../src/cli/compare/results.ts';
import { unfoldSweeps } from '../../src/cli/compare/sweep.ts';
import { sweepsIn, writeSummary } from '../../src/cli/compare/sweepResults.ts';
import { resultsTable } from '../../src/cli/compare/table.ts';
import { checkUnit, configOf } from '../../src/cli/compare/unit.ts';
import { RESULTS_VERSION } from '../../src/config/resultsVersion.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

function unfold(...list: object[]): Experiment[] {
  const file = path.join(folder, 'list.json');
  writeFileSync(file, JSON.stringify(list));
  return unfoldSweeps(readExperiments(file, [], []));
}

const MASKS = {
  name: 'Masks',
  pretrain: { preset: 'mae-scenes', steps: 30, settings: { 'model.depth': 1 } },
  sweep: { 'task.maskRatio': [0.5, '0.75'] },
  protocols: ['full', 'linear'],
  labelsPerClass: 10,
  baselines: ['scratch', 'random'],
  seeds: [1, 2],
};
const LABELS = { ...MASKS, sweep: { 'supervised.labelsPerClass': [5, 10] }, labelsPerClass: 0 };

describe('a sweep in a list', () => {
  it('unfolds into experiments with names of their own, each a pretraining a seed', () => {
    const all = unfold(MASKS);
    expect(all.map(({ name }) => name)).toEqual([
      'Masks: scratch',
      'Masks: random',
      'Masks: task.maskRatio=0.5',
      'Masks: task.maskRatio=0.75',
    ]);
    const units = unitsOf(all);
    for (const unit of units) checkUnit(unit);
    expect(units).toHaveLength(8);
    const runs = units.map((unit) => encoderRun(unit));
    expect(runs.map((run) => run && [run.task.maskRatio, run.optimiser.seed, run.optimiser.steps])).toEqual([
      ...Array(4).fill(undefined),
      [0.5, 1, 30],
      [0.5, 2, 30],
      [0.75, 1, 30],
      [0.75, 2, 30],
    ]);
    expect(all.map(({ protocols }) => protocols)).toEqual([['full'], ['linear'], ['full', 'linear'], ['full', 'linear']]);
    expect(all[3]?.place).toEqual({ of: 'Masks', at: { 'task.maskRatio': 0.75 } });
  });

  it('has the same model from scratch, with the positions that pretraining has', () => {
    const [scratch, , point] = unitsOf(unfold({ ...MASKS, seeds: [1] }));
    const [a, b] = [scratch, point].map((unit) => unit && configOf(unit, 'full'));
    expect(a?.model).toEqual(b?.model);
    expect(a?.supervised).toEqual(b?.supervised);
    expect(a?.picture).toEqual(b?.picture);
  });

  it('shares a pretraining among sizes of the labelled set', () => {
    const units = unitsOf(unfold(LABELS)).filter(({ experiment }) => experiment.pretrain !== null);
    expect(units.map(({ experiment }) => experiment.labelsPerClass)).toEqual([[5], [5], [10], [10]]);
    expect(new Set(units.map((unit) => JSON.stringify(encoderRun(unit)))).size).toBe(2);
    for (const unit of units) checkUnit(unit);
  });

  it('has keys that do not hang on its other values, and none twice', async () => {
    const keysOf = async (list: object) =>
      new Map(
        await Promise.all(
          unitsOf(unfold(list)).map(
            async (unit) => [`${unit.experiment.name} ${unit.seed}`, await keyOf(unit, new Contents())] as const,
          ),
        ),
      );
    const few = await keysOf(MASKS);
    const many = await keysOf({ ...MASKS, sweep: { 'task.maskRatio': [0.25, 0.5, 0.75] } });
    expect(new Set(many.values()).size).toBe(10);
    for (const [name, key] of few) expect(many.get(name)).toBe(key);
    const looked = await keysOf({ ...MASKS, checkpointsAt: [10, 20] });
    expect(new Set(looked.values()).size).toBe(4 + 8);
  });

  it('makes a grid, takes the settings of fine-tuning apart, and measures without labels', () => {
    const grid = unfold({
      ...MASKS,
      sweep: { 'mae.decoderDepth': [0, 1], 'finetune.optimiser.steps': [5, 9] },
      baselines: ['scratch'],
    });
    expect(grid.filter(({ pretrain }) => pretrain === null).map(({ place }) => place?.at)).toEqual([
      { 'finetune.optimiser.steps': 5 },
      { 'finetune.optimiser.steps': 9 },
    ]);
    const unit = unitsOf(grid).at(-1);
    expect(unit && [encoderRun(unit)?.mae.decoderDepth, encoderRun(unit)?.optimiser.steps]).toEqual([1, 30]);
    expect(unit && configOf(unit, 'full').optimiser.steps).toBe(9);
    const [own] = unfold({ ...MASKS, protocols: [], measures: ['scores', 'stepTime'], baselines: [], labelsPerClass: 0 });
    expect(own).toMatchObject({ protocols: [], measures: ['scores', 'stepTime'] });
  });

  it('sweeps over labels for weights of a file, and over nothing before them', () => {
    const from = path.resolve(import.meta.dirname, '../formats/0.3.0/weights.safetensors');
    const all = unfold({ ...LABELS, pretrain: { from }, baselines: [] });
    expect(all.map(({ pretrain }) => pretrain)).toEqual([{ from }, { from }]);
    expect(() => unfold({ ...MASKS, pretrain: { from } })).toThrow(
      /task\.maskRatio is about pretraining, and .* is trained already/,
    );
  });

  it.each<[object, RegExp]>([
    [
      { sweep: { 'task.maskRatio': [0.5, 2] } },
      /^Masks: Mask ratio \(task\.maskRatio\) must be a number from 0 to 0\.95, not "2"/,
    ],
    [{ sweep: { 'task.maskRatio': [0.5, '0.5'] } }, /0\.5 twice among its values/],
    [{ sweep: { 'mp3.classToken': ['own'] } }, /must be one of|MAE does not use it/],
    [{ sweep: { 'task.mask': [1] } }, /no setting "task\.mask"/],
    [{ sweep: {} }, /needs a setting/],
    [{ pretrain: null }, /sweeps over nothing that is pretrained/],
    [{ protocols: ['linear'], baselines: ['scratch'] }, /"From scratch" is measured by fine-tuned/],
    [{ sweep: { 'supervised.labelsPerClass': [5] } }, /leave "labelsPerClass" out/],
    [{ checkpointsAt: [31] }, /the run has 30 steps/],
    [{ sweep: undefined }, /"baselines" and "checkpointsAt" belong to a sweep/],
    [{ protocols: [], baselines: [] }, /Nothing is measured/],
  ])('refuses %j', (changes, message) => {
    expect(() => unfold({ ...MASKS, ...changes })).toThrow(message);
  });
});

const result = (seed: number, ratio: number | undefined, accuracy: number, version = RESULTS_VERSION): UnitResult => ({
  version,
  key: `${ratio} ${seed} ${version}`,
  experiment: `Masks: ${ratio}`,
  seed,
  sweep: {
    of: 'Masks',
    at: ratio === undefined ? {} : { 'task.maskRatio': ratio },
    ...(ratio === undefined && { baseline: 'scratch' }),
  },
  ...(ratio !== undefined && { scores: { maskedError: accuracy + 1, visibleError: null }, stepMilliseconds: 12 }),
  pretraining: null,
  backend: 'wasm',
  results: [{ protocol: 'full', labelsPerClass: 10, accuracy, testPictures: 100, seconds: 2, gflop: 1 }],
});

describe('results of a sweep', () => {
  const results = [result(1, undefined, 0.3), result(1, 0.5, 0.4), result(2, 0.5, 0.5), result(3, 0.5, 0.9, 0)];

  it('are a mean, a deviation and a number of seeds, with those of another version apart', () => {
    const table = resultsTable(results);
    expect(table).toMatch(/^\nMasks\nbaseline +task\.maskRatio +measure +labels a class +mean ± sd \(seeds\)\n/);
    expect(table).toMatch(/From scratch +- +full +10 +0\.300 \(1 seed\)/);
    expect(table).toMatch(/- +0\.5 +full +10 +0\.450 ± 0\.071 \(2 seeds\)\n/);
    expect(table).toMatch(/0\.5 +maskedError +- +1\.450 ± 0\.071/);
    expect(table).toMatch(/0\.5 +full +10 +0\.900 \(1 seed\) \(version 0: not comparable\)/);
    expect(table).not.toMatch(/visibleError/);
  });

  it('go into files', () => {
    const [csv, json] = ['a.csv', 'a.json'].map((name) => path.join(folder, name)) as [string, string];
    writeSummary(csv, results);
    writeSummary(json, results);
    const lines = readFileSync(csv, 'utf8').trim().split('\r\n');
    expect(lines[0]).toBe('sweep,task.maskRatio,baseline,step,measure,labels_per_class,mean,sd,n,seeds,version,current');
    expect(lines).toContain(`Masks,,scratch,,full,10,0.3,,1,1,${RESULTS_VERSION},true`);
    expect(
      lines.some((line) => line.startsWith('Masks,0.5,,,full,10,0.45,0.0707') && line.endsWith(`,2,1 2,${RESULTS_VERSION},true`)),
    ).toBe(true);
    expect(lines).toContain('Masks,0.5,,,full,10,0.9,,1,3,0,false');
    const rows = JSON.parse(readFileSync(json, 'utf8'));
    expect(rows).toHaveLength(lines.length - 1);
    expect(rows[0]).toMatchObject({ sweep: 'Masks', baseline: 'scratch', mean: 0.3, sd: null, n: 1, current: true });
    expect(() => writeSummary(csv, [])).toThrow(/there is none/);
  });

  it('count a seed once, whoever measured it', () => {
    const [{ rows }] = sweepsIn([result(1, 0.5, 0.4), result(1, 0.5, 0.4)]) as [ReturnType<typeof sweepsIn>[number]];
    expect(rows.find(({ measure }) => measure === 'full')?.spread.count).toBe(1);
  });
});
