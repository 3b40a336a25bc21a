import { describe, expect, it } from 'vitest';
import { readSubset, STRATA, subsetName, subsetsOf } from '../../../src/config/subsets.ts';
import { robustnessOf } from '../../../src/metrics/robustness.ts';
import { type RobustnessRow, robustTasks } from '../../../src/trainer/robustness/plan.ts';
import { robustnessCsv } from '../../../src/ui/compare/csv.ts';
import type { RobustnessReport } from '../../../src/ui/store/robustness.ts';
import { barOf, heatCells, interpolationOf, sayCell, waysOf } from '../../../src/ui/study/robustness.ts';
import { RobustnessPace } from '../../../src/ui/study/robustnessPlan.ts';

const SENSES = ['picture', 'sound', 'text'] as const;
const SUBSETS = subsetsOf(SENSES);
const ASKED: RobustnessReport['asked'] = {
  methods: ['LP', 'FT', 'MASD'],
  baselines: ['random'],
  alphas: [0.5, 0.75],
  seeds: [1, 2],
  labelsPerClass: 50,
};

/** Another number in every cell. */
function rowOf(method: RobustnessRow['method'], trainedOn: string, seed: number, alpha?: number): RobustnessRow {
  const kind = ['LP', 'FT', 'MASD', 'random'].indexOf(method);
  const t = SUBSETS.findIndex((subset) => subsetName(subset) === trainedOn);
  const accuracy = SUBSETS.map((_, e) => (1000 * kind + 100 * t + 10 * e + seed + (alpha ?? 0)) / 4000);
  return { method, trainedOn, seed, accuracy, counts: SUBSETS.map(() => 1000), ...(alpha === undefined ? {} : { alpha }) };
}

function reportOf(rows: readonly RobustnessRow[], asked = ASKED): RobustnessReport {
  return {
    key: '',
    asked,
    start: '1',
    startName: 'Contrastive, "mine"',
    senses: SENSES,
    datasetName: 'Paired digits',
    devices: ['WebAssembly'],
    facts: { classes: 10, samples: 1000, largestClass: 0.104 },
    warnings: [],
    rows,
    outcome: 'finished',
    problem: null,
  };
}

const ALL = robustTasks(ASKED, [...SENSES]).flatMap(({ method, trainedOn, seed }) => [
  rowOf(method, subsetName(trainedOn), seed),
  ...(method === 'FT' || method === 'MASD' ? ASKED.alphas.map((alpha) => rowOf(method, subsetName(trainedOn), seed, alpha)) : []),
]);

describe('heatCells', () => {
  it('shows the mean over seeds where a row is, and what it is of', () => {
    const cells = heatCells(reportOf(ALL), { method: 'FT' });
    const cell = cells[0][5];
    expect([cell.trained, cell.tested, cell.stratum]).toEqual([['picture'], ['sound', 'text'], 'transfer']);
    expect(cell.values).toMatchObject({ count: 2, min: 1051 / 4000, max: 1052 / 4000 });
    expect(cell.values.mean).toBeCloseTo(1051.5 / 4000, 12);
    expect(sayCell({ ...cell, values: { ...cell.values, mean: 0.92, min: 0.91, max: 0.93 } }, false)).toBe(
      'Trained on picture, tested on sound and text: 0.92, transfer; 1,000 test samples, 2 seeds, 0.91 to 0.93.',
    );
  });

  it('keeps shares of WiSE-FT apart, and takes the difference to LP seed by seed', () => {
    expect(heatCells(reportOf(ALL), { method: 'MASD', alpha: 0.75 })[1][2].values.mean).toBeCloseTo(2122.25 / 4000, 12);
    const rows = ALL.filter(({ method, seed }) => method !== 'LP' || seed === 2);
    const { values } = heatCells(reportOf(rows), { method: 'FT' }, true)[3][3];
    expect(values.count).toBe(1);
    expect(values.mean).toBeCloseTo(0.25, 12);
  });

  it('leaves empty what is not there, and lends MASD the row of fine-tuning where nothing is left to teach', () => {
    const cells = heatCells(reportOf([rowOf('MASD', 'picture', 1), rowOf('FT', 'picture+sound+text', 1)]), { method: 'MASD' });
    expect(cells.map(([{ values }]) => values.count)).toEqual([1, 0, 0, 0, 0, 0, 1]);
    expect(cells.map(([{ borrowed }]) => borrowed)).toEqual([false, false, false, false, false, false, true]);
    expect(sayCell(cells[1][0], false)).toBe('Trained on sound, tested on picture: not computed, transfer.');
  });
});

describe('barOf', () => {
  it('counts whole seeds only', () => {
    const report = reportOf(
      ALL.filter(({ method, seed, trainedOn }) => !(method === 'FT' && seed === 2 && trainedOn === 'text')),
    );
    const whole = barOf(report, { method: 'FT' }, 'transfer');
    expect([whole.performance.count, whole.incomplete]).toEqual([1, 1]);
    expect(barOf(report, { method: 'LP' }, 'transfer').performance.count).toBe(2);
    // No single sense can lack another.
    expect(barOf(report, { method: 'FT' }, 'missing').performance.count).toBe(2);
  });

  it('stands between the probe at 0 and what was trained at 1', () => {
    const points = interpolationOf(reportOf(ALL), 'MASD', 'transfer');
    expect(points.map(({ alpha }) => alpha)).toEqual([0, 0.5, 0.75, 1]);
    expect(points[0].bar.way).toEqual({ method: 'LP' });
  });
});

describe('robustnessCsv', () => {
  it('holds every number that performance and robustness are computed from', () => {
    const report = reportOf(ALL);
    const [head, ...lines] = robustnessCsv(report)
      .trim()
      .split('\r\n')
      .map((line) => line.replace('"Contrastive, ""mine"""', 'mine').split(','));
    const cell = (line: string[], name: string) => line[head.indexOf(name)];
    for (const way of waysOf(report)) {
      for (const seed of ASKED.seeds) {
        const own = lines.filter(
          (line) =>
            cell(line, 'method') === way.method &&
            cell(line, 'alpha') === String(way.alpha ?? '') &&
            cell(line, 'seed') === String(seed),
        );
        expect(own).toHaveLength(49);
        const find = (trained: string, tested: string) =>
          Number(
            cell(
              own.find((line) => cell(line, 'trained_on') === trained && cell(line, 'tested_on') === tested) ?? [],
              'accuracy',
            ),
          );
        const accuracy = SUBSETS.map((t) => SUBSETS.map((e) => find(subsetName(t), subsetName(e))));
        for (const stratum of ['all', ...STRATA] as const) {
          const { performance, robustness } = robustnessOf({ modalities: SENSES, accuracy }, stratum);
          const shown = barOf(report, way, stratum).seeds.find((one) => one.seed === seed);
          expect([performance, robustness]).toEqual([shown?.performance, shown?.robustness]);
        }
      }
    }
    const lent = lines.filter((line) => cell(line, 'row_of') !== cell(line, 'method'));
    expect(new Set(lent.map((line) => cell(line, 'trained_on')))).toEqual(new Set(['picture+sound+text']));
    expect(readSubset(cell(lines[0], 'tested_on'), SENSES)).toEqual(['picture']);
    expect(cell(lines[0], 'largest_class')).toBe('0.104');
  });
});

describe('RobustnessPace', () => {
  const tasks = robustTasks({ methods: ['FT'], baselines: [], seeds: [1] }, ['picture', 'sound']);
  const at = (done: number, share: number, doing: 'training' | 'testing' = 'training') => ({
    done,
    total: 3,
    task: tasks[done],
    doing,
    share,
  });

  it('tells from the first model’s training, then from whole models, and leaves out what is there already', () => {
    const pace = new RobustnessPace({ alphas: [] }, tasks, new Set(['FT sound 1']));
    expect(pace.secondsLeft(at(0, 0), 0)).toBeNull();
    expect(pace.secondsLeft(at(0, 0.5), 45_000)).toBeCloseTo(155, 6);
    expect(pace.secondsLeft(at(2, 0), 80_000)).toBeCloseTo(80, 6);
  });
});
