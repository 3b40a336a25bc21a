import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { getSetting, withSetting } from '../../../src/config/settings.ts';
import { checkSweep } from '../../../src/config/sweep/check.ts';
import { pointKey, pretrainingKey, type SweepPoint, sweepPoints } from '../../../src/config/sweep/points.ts';
import { gridOf, type Sweep } from '../../../src/config/sweep/sweep.ts';
import { cutRange, readAxis } from '../../../src/config/sweep/values.ts';

const base = presetRun('mae-scenes');
const sweep = (changes: Partial<Sweep> = {}): Sweep => ({
  base,
  labels: {},
  axes: [{ path: 'task.maskRatio', values: [0.25, 0.5, 0.75] }],
  seeds: [1, 2],
  measures: ['scores', 'linear', 'finetune'],
  baselines: ['scratch', 'random'],
  checkpointsAt: [],
  onePretraining: false,
  ...changes,
});
const over = (path: string, values: Sweep['axes'][number]['values'], changes: Partial<Sweep> = {}) =>
  sweep({ axes: [{ path, values }], ...changes });

const count = (points: readonly SweepPoint[], keyOf: (point: SweepPoint) => string) => new Set(points.map(keyOf)).size;
const pretrained = (points: readonly SweepPoint[]) => points.filter(({ pretraining }) => pretraining !== undefined);

describe('a sweep unfolded', () => {
  it('has every value with every seed, and its baselines once a seed, without an x', () => {
    const points = sweepPoints(sweep());
    expect(points.map(({ seed, baseline, at }) => [seed, baseline ?? at['task.maskRatio']])).toEqual([
      [1, 'scratch'],
      [1, 'random'],
      [1, 0.25],
      [1, 0.5],
      [1, 0.75],
      [2, 'scratch'],
      [2, 'random'],
      [2, 0.25],
      [2, 0.5],
      [2, 0.75],
    ]);
    expect(points[0]).toMatchObject({ at: {}, measures: ['finetune'] });
    expect(points[1]).toMatchObject({ at: {}, measures: ['linear'] });
    expect(count(points, pointKey)).toBe(10);
    const [, , first] = points;
    expect(first?.pretraining?.task.maskRatio).toBe(0.25);
    expect(first?.pretraining?.optimiser.seed).toBe(1);
    expect(first?.withLabels).toMatchObject({ task: { objective: 'supervised' }, optimiser: { seed: 1 } });
  });

  it('trains once what differs in labels alone', () => {
    const points = sweepPoints(over('supervised.labelsPerClass', [5, 10, 50]));
    expect(count(pretrained(points), pretrainingKey)).toBe(2);
    expect(count(points, pointKey)).toBe(points.length);
    expect(pretrained(points).map(({ withLabels }) => withLabels?.supervised.labelsPerClass)).toEqual([5, 10, 50, 5, 10, 50]);
    // What labels decide the baselines have too: they get an x.
    expect(points.filter(({ baseline }) => baseline === 'scratch').map(({ at }) => at)).toEqual(
      [5, 10, 50, 5, 10, 50].map((size) => ({ 'supervised.labelsPerClass': size })),
    );
  });

  it('keeps the length of fine-tuning apart from that of pretraining', () => {
    const long = pretrained(sweepPoints(over('finetune.optimiser.steps', [10, 20])));
    expect(long.map(({ withLabels }) => withLabels?.optimiser.steps)).toEqual([10, 20, 10, 20]);
    expect(count(long, pretrainingKey)).toBe(2);
    const before = pretrained(sweepPoints(over('optimiser.steps', [10, 20])));
    expect(before.map(({ pretraining }) => pretraining?.optimiser.steps)).toEqual([10, 20, 10, 20]);
    expect(new Set(before.map(({ withLabels }) => withLabels?.optimiser.steps)).size).toBe(1);
  });

  it('makes a grid of two settings, and gives baselines the x that decides them', () => {
    const grid = sweep({
      axes: [
        { path: 'task.maskRatio', values: [0.5, 0.75] },
        { path: 'picture.patch', values: [4, 8] },
      ],
      seeds: [7],
      baselines: ['scratch'],
    });
    expect(checkSweep(grid)).toEqual([]);
    expect(gridOf(grid.axes)).toHaveLength(4);
    const points = sweepPoints(grid);
    expect(pretrained(points)).toHaveLength(4);
    expect(points.filter(({ baseline }) => baseline !== undefined).map(({ at }) => at)).toEqual([
      { 'picture.patch': 4 },
      { 'picture.patch': 8 },
    ]);
  });

  it('looks at one pretraining at several of its steps', () => {
    const points = pretrained(sweepPoints(sweep({ seeds: [1], checkpointsAt: [10, 20] })));
    expect(points.map(({ step }) => step)).toEqual([10, 20, 10, 20, 10, 20]);
    expect(count(points, pretrainingKey)).toBe(3);
    expect(count(points, pointKey)).toBe(6);
  });

  it('lets seeds share one pretraining where that is asked for', () => {
    const points = pretrained(sweepPoints(sweep({ onePretraining: true })));
    expect(count(points, pretrainingKey)).toBe(3);
    expect(count(points, pointKey)).toBe(6);
  });

  it('sets another objective to what it starts with, as long as the base', () => {
    const [mp3] = pretrained(sweepPoints(over('task.objective', ['mp3'], { base: withSetting(base, 'optimiser.steps', 77) })));
    expect(mp3?.pretraining?.task).toMatchObject({ objective: 'mp3' });
    expect(mp3?.pretraining?.optimiser.steps).toBe(77);
    expect(mp3?.pretraining?.picture.patch).toBe(getSetting(presetRun('mp3-scenes'), 'picture.patch'));
  });
});

describe('a sweep that cannot be', () => {
  it('is none of these', () => {
    for (const good of [
      sweep(),
      over('supervised.labelsPerClass', [5, 10]),
      over('finetune.optimiser.steps', [10, 20]),
      over('mae.decoderDepth', [0, 1]),
      over('data.dataset', ['scenes', 'faces']),
      over('task.objective', ['mae', 'mp3', 'simmim']),
      sweep({
        base: presetRun('labels-scenes'),
        axes: [{ path: 'supervised.mixup', values: [0, 1] }],
        measures: ['scores'],
        baselines: [],
      }),
      sweep({
        base: presetRun('contrastive-pairs'),
        axes: [{ path: 'optimiser.batch', values: [32, 64] }],
        measures: ['scores'],
        baselines: [],
      }),
    ])
      expect(checkSweep(good)).toEqual([]);
  });

  it.each<[Sweep, string, RegExp]>([
    [sweep({ axes: [] }), 'axes', /needs a setting and its values/],
    [over('task.maskratio', [0.5]), 'axes', /no setting "task.maskratio". Did you mean task\.maskRatio/],
    [over('task.maskRatio', []), 'axes', /Mask ratio .* has no values/],
    [over('task.maskRatio', [0.5, 1.5]), 'axes', /Mask ratio \(task\.maskRatio\) must be a number from 0 to 0\.95, not "1\.5"/],
    [over('task.maskRatio', [0.5, 0.25, 0.5]), 'axes', /has 0\.5 twice among its values: leave one out/],
    [over('simmim.maskUnit', [2, 4]), 'axes', /is a setting of SimMIM, and MAE does not use it/],
    [over('sound.bins', [24, 40]), 'axes', /is of other samples: this run learns from pictures/],
    [
      over('mae.mask', ['random', 'block'], { base: presetRun('mp3-scenes') }),
      'axes',
      /Mask \(mae\.mask\) is a setting of MAE, and MP3 does not use it/,
    ],
    [
      over('task.maskRatio', [0, 0.5], { base: presetRun('labels-scenes'), measures: ['scores'], baselines: [] }),
      'axes',
      /would change nothing here: nothing is hidden/,
    ],
    [over('optimiser.seed', [1, 2]), 'axes', /Seeds have a list of their own/],
    [
      over('supervised.labelsPerClass', [5, 10], { measures: ['scores'], baselines: [] }),
      'axes',
      /nothing is measured with labels/,
    ],
    [over('supervised.smoothing', [0, 0.1], { measures: ['linear'], baselines: [] }), 'axes', /matters to fine-tuning alone/],
    [over('finetune.model.width', [32, 64]), 'axes', /leave "finetune\." out/],
    [over('finetune.picture.patch', [4, 8]), 'axes', /leave "finetune\." out/],
    [
      over('model.width', [64, 80], { base: withSetting(base, 'model.heads', 3) }),
      'axes',
      /^Width 64: Width 64 must be a multiple of the 3 heads/,
    ],
    [
      over(
        'task.maskRatio',
        Array.from({ length: 400 }, (_, i) => i / 1000),
      ),
      'axes',
      /800 points, and a sweep has at most 500/,
    ],
    [sweep({ seeds: [] }), 'seeds', /needs a seed/],
    [sweep({ seeds: [1, 1] }), 'seeds', /1 stands twice among the seeds/],
    [sweep({ seeds: [-1] }), 'seeds', /whole number from 0/],
    [sweep({ measures: [], baselines: [] }), 'measures', /Nothing is measured/],
    [sweep({ measures: ['scores', 'linear'] }), 'baselines', /"From scratch" is measured by fine-tuned/],
    [sweep({ measures: ['finetune'] }), 'baselines', /"Random, frozen" is measured by linear probe or nearest neighbours/],
    [sweep({ checkpointsAt: [0.5] }), 'checkpointsAt', /whole numbers of steps/],
    [sweep({ checkpointsAt: [10, 999_999] }), 'checkpointsAt', /none is number 999999/],
    [over('optimiser.steps', [10, 20], { checkpointsAt: [10] }), 'checkpointsAt', /a run for each length/],
    [sweep({ labels: { 'supervised.labelsPerClass': -5 } }), 'labels', /Labels per class/],
    [sweep({ labels: { 'picture.patch': 8 } }), 'labels', /cut samples otherwise/],
    [sweep({ base: presetRun('labels-scenes') }), 'measures', /learns from labels already/],
    [
      sweep({ base: presetRun('contrastive-pairs'), axes: [{ path: 'optimiser.batch', values: [32] }] }),
      'measures',
      /robustness study/,
    ],
  ])('%#', (wrong, at, message) => {
    const problems = checkSweep(wrong);
    expect(problems.map((problem) => problem.at)).toContain(at);
    expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
  });

  it('is told of the place in the grid where a rule breaks', () => {
    const problems = checkSweep(over('task.maskRatio', [0.5, 0]));
    expect(problems).toEqual([{ at: 'axes', message: expect.stringMatching(/^Mask ratio 0: /) }]);
  });
});

describe('values', () => {
  it('are cut from the range of a slider', () => {
    expect(cutRange('task.maskRatio', base)).toEqual([0, 0.25, 0.45, 0.7, 0.95]);
    expect(cutRange('mae.decoderDepth', base)).toEqual([0, 2, 4, 6, 8]);
    expect(cutRange('mae.mask', base)).toEqual(['random', 'block', 'grid']);
    expect(cutRange('optimiser.learningRate', base)).toEqual([0.0001, 0.00032, 0.001, 0.0032, 0.01]);
    expect(cutRange('finetune.optimiser.steps', withSetting(base, 'optimiser.steps', 1000))).toEqual([
      100, 320, 1000, 3200, 10_000,
    ]);
  });

  it('are cut about a setting that may be 0 by powers, and from 0 on where it is', () => {
    expect(cutRange('supervised.l2sp', base)).toEqual([0.01, 0.032, 0.1, 0.32, 1]);
    expect(cutRange('supervised.l2sp', withSetting(base, 'supervised.l2sp', 0))).toEqual([0, 0.01, 0.1, 1, 10]);
    expect(cutRange('supervised.labelsPerClass', base)).toEqual([0, 10, 100, 1000, 10_000]);
  });

  it('are read as their setting has them', () => {
    expect(readAxis('task.maskRatio', ['0.5', 0.25])).toEqual({ path: 'task.maskRatio', values: [0.5, 0.25] });
    expect(readAxis('picture.flip', ['true']).values).toEqual([true]);
    expect(readAxis('model.depth', ['x']).values).toEqual(['x']);
  });
});
