import { describe, expect, it } from 'vitest';
import { type Unit, unitsOf } from '../../src/cli/compare/experiments.ts';
import { figureExperiments, figureResult, readFigure, sayVerdicts } from '../../src/cli/compare/figure.ts';
import { isEnsemble, membersOf, startsOf } from '../../src/cli/compare/members.ts';
import { parseCompareOptions } from '../../src/cli/compare/options.ts';
import { encoderRun } from '../../src/cli/compare/pretraining.ts';
import type { UnitResult } from '../../src/cli/compare/results.ts';
import { unfoldSweeps } from '../../src/cli/compare/sweep.ts';
import { checkUnit, configOf } from '../../src/cli/compare/unit.ts';
import { CARD_SIZES, type EnsemblePart } from '../../src/config/figures/card.ts';
import { FIGURE_CARDS } from '../../src/config/figures/cards.ts';
import { CONTENDER, ensemblePoints } from '../../src/config/figures/ensemble.ts';
import { RESULTS_VERSION } from '../../src/config/resultsVersion.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { sweepPoints } from '../../src/config/sweep/points.ts';
import { isLabelMeasure } from '../../src/config/sweep/sweep.ts';

const BUILT_IN = { data: [], val: [] };

describe('--figure', () => {
  it.each(FIGURE_CARDS.map((card) => [card.id, card] as const))(
    '%s unfolds into units that can run, a point and seed each',
    (_, card) => {
      for (const size of CARD_SIZES) {
        const experiments = unfoldSweeps(figureExperiments({ card, size, ...BUILT_IN }));
        const units = unitsOf(experiments);
        for (const unit of units.flatMap(startsOf)) checkUnit(unit);
        const wanted = card.sizes[size].parts.map((part) =>
          part.kind === 'sweep' ? sweepPoints(part.sweep).length : part.seeds.length,
        );
        expect(units).toHaveLength(wanted.reduce((sum, count) => sum + count, 0));
        expect(new Set(experiments.map(({ name }) => name)).size).toBe(experiments.length);
      }
    },
  );

  it.each(FIGURE_CARDS.map((card) => [card.id, card] as const))('%s runs on the command line what the page runs', (_, card) => {
    for (const size of CARD_SIZES) {
      const onPage = card.sizes[size].parts.flatMap((part) =>
        part.kind === 'sweep'
          ? sweepPoints(part.sweep).map((point) => ({ of: `${card.id}, ${size}: ${part.name}`, ...point }))
          : [],
      );
      const units = unitsOf(unfoldSweeps(figureExperiments({ card, size, ...BUILT_IN })));
      for (const part of card.sizes[size].parts) if (part.kind === 'ensemble') expectSameMembers(part, units);
      for (const { of, at, baseline, step, seed, pretraining, withLabels, measures } of onPage) {
        const unit = units.find(
          ({ experiment: { place }, ...own }) =>
            own.seed === seed && place?.of === of && place.baseline === baseline && place.step === step && isSame(place.at, at),
        );
        expect(unit, JSON.stringify([of, at, baseline, step, seed])).toBeDefined();
        if (unit === undefined) continue;
        expect(encoderRun(unit)).toEqual(pretraining);
        if (withLabels === undefined || !measures.some(isLabelMeasure)) continue;
        expect(unit.experiment.labelsPerClass).toEqual([withLabels.supervised.labelsPerClass]);
        for (const protocol of unit.experiment.protocols) expect(alike(configOf(unit, protocol)), of).toEqual(alike(withLabels));
      }
    }
  });

  it('takes an id that there is, and names all of them for one that there is not', () => {
    const options = parseCompareOptions(['--figure', 'mae-mask-ratio', '--size', 'quick']);
    expect([options.figure?.id, options.size]).toEqual(['mae-mask-ratio', 'quick']);
    expect(parseCompareOptions(['--figure', 'mae-mask-ratio']).size).toBe('careful');
    const refused = (...argv: string[]) => expect(() => parseCompareOptions(argv));
    refused('--figure', 'mae-mask-rate').toThrow(
      /There is no figure "mae-mask-rate"\. Did you mean mae-mask-ratio\? There are mp3-/,
    );
    for (const { id } of FIGURE_CARDS) refused('--figure', 'x').toThrow(id);
    refused('--figure', 'mae-mask-ratio', '--size', 'huge').toThrow('--size is quick or careful, not "huge".');
    refused('--figure', 'mae-mask-ratio', '--list', 'list.json').toThrow('in place of --list');
    refused('--list', 'list.json', '--card-result', 'card.json').toThrow('--card-result is of a figure');
  });

  it('gives the parts that want pictures those of --data, and no other', () => {
    const files = { data: ['/somewhere/cifar/train'], val: ['/somewhere/cifar/test/'] };
    const figure = { card: readFigure('mae-mask-ratio'), size: 'quick', ...files } as const;
    expect(figureExperiments(figure).map(({ data, val }) => [data, val])).toEqual([[files.data, files.val]]);
    const result = figureResult(figure, []);
    expect(result.data).toBe('cifar/train');
    expect(result.command).toBe(
      'npm run --silent compare -- --figure mae-mask-ratio --size quick --data cifar/train --val cifar/test',
    );
    expect(figureResult({ ...figure, ...BUILT_IN }, []).data).toBe('Scenes');
  });

  it('makes lines and verdicts of the results of its own units', () => {
    const card = readFigure('mae-mask-ratio');
    const unit = (ratio: number, seed: number, accuracy: number, of = 'mae-mask-ratio, careful: MAE'): UnitResult => ({
      version: RESULTS_VERSION,
      key: `${of} ${ratio} ${seed}`,
      experiment: `${of}: task.maskRatio=${ratio}`,
      seed,
      sweep: { of, at: { 'task.maskRatio': ratio } },
      pretraining: null,
      backend: 'wasm',
      results: ['linear', 'full'].map((protocol) => ({
        protocol,
        labelsPerClass: 40,
        accuracy: protocol === 'full' ? 0.6 + seed / 1000 : accuracy,
        testPictures: 1000,
        seconds: 1,
        gflop: 1,
      })),
    });
    const results = [1, 2, 3].flatMap((seed) => [
      unit(0.1, seed, 0.3 + seed / 1000),
      unit(0.75, seed, 0.5 + seed / 1000),
      unit(0.95, seed, 0.4 + seed / 1000),
      // Of the other size, and so of another figure.
      unit(0.1, seed, 0.9, 'mae-mask-ratio, quick: MAE'),
    ]);
    const result = figureResult({ card, size: 'careful', ...BUILT_IN }, results);
    expect(result.verdicts.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
    expect(sayVerdicts(result)).toContain('holds: “Linear probe” peaks between 0.5 and 0.9. (50.2 % at 0.75)');
    const tuned = result.lines.find(({ name }) => name === 'Fine-tuned');
    expect(tuned?.points.map(({ x, values }) => [x, values])).toEqual(
      [0.1, 0.75, 0.95].map((ratio) => [ratio, [0.601, 0.602, 0.603]]),
    );
  });

  it('makes lines of ensembles, each member and each of them together a level', () => {
    const card = readFigure('mp3-ensemble');
    const result = (contender: string, accuracy: number) => ({
      ...{ protocol: 'full', contender, labelsPerClass: 40, accuracy, testPictures: 1000, seconds: 1, gflop: 1 },
    });
    const units = [1, 2, 3].map(
      (seed): UnitResult => ({
        version: RESULTS_VERSION,
        key: String(seed),
        experiment: 'mp3-ensemble, careful: Ensembles',
        seed,
        pretraining: null,
        backend: 'wasm',
        results: [
          result('MP3', 0.8 + seed / 1000),
          result('MAE', 0.79 + seed / 1000),
          result('MP3 + MAE', 0.85 + seed / 1000),
          result('MP3 + MP3 again', 0.86 + seed / 1000),
        ],
      }),
    );
    const { verdicts } = figureResult({ card, size: 'careful', ...BUILT_IN }, units);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'does not hold', 'cannot be told']);
    expect(verdicts[0]).toMatchObject({ rule: '“MP3 with MAE” is above “MP3”.', because: '85.2 % against 80.2 %' });
  });

  it('makes lines of a robustness study, each method and share of WiSE-FT a place', () => {
    const card = readFigure('robust-contrastive');
    const row = (method: 'LP' | 'FT', trainedOn: string, accuracy: number[], alpha?: number) => ({
      method,
      ...(alpha !== undefined && { alpha }),
      trainedOn,
      seed: 1,
      senses: 'picture+sound',
      accuracy,
      counts: [10, 10, 10],
    });
    const rows = [
      ...['picture', 'sound', 'picture+sound'].flatMap((trained) => [
        row('LP', trained, [0.1, 0.1, 0.1]),
        row('FT', trained, trained === 'picture' ? [0.9, 0.2, 0.8] : [0.4, 0.9, 0.6]),
        row('FT', trained, [0.5, 0.5, 0.5], 0.75),
      ]),
    ];
    const unit: UnitResult = {
      version: RESULTS_VERSION,
      key: 'a',
      experiment: 'robust-contrastive, quick: Study',
      seed: 1,
      pretraining: null,
      backend: 'wasm',
      results: [],
      rows,
    };
    const { lines } = figureResult({ card, size: 'quick', ...BUILT_IN }, [unit]);
    const meansOf = (name: string) => lines.find((line) => line.name === name)?.points.map(({ x, mean }) => [x, mean]);
    // Trained on a picture and tested on a sound 0.2, the other way round 0.4.
    expect(meansOf('Fine-tuned, transfer')?.[0]?.[1]).toBeCloseTo(0.3);
    expect(meansOf('Fine-tuned, added')?.[0]?.[1]).toBeCloseTo(0.7);
    // Trained on both, tested on one: (0.4 + 0.9) / 2; at 0 stands the probe.
    const curve = meansOf('Fine-tuned, missing, over alpha') ?? [];
    expect(curve.map(([x]) => x)).toEqual([0, 0.75, 1]);
    expect(curve.map(([, mean]) => mean?.toFixed(3))).toEqual(['0.100', '0.500', '0.650']);
    expect(meansOf('MASD, transfer')).toEqual([]);
  });
});

/** Every member of every seed on the command line as the page trains it. */
function expectSameMembers(part: EnsemblePart, units: readonly Unit[]): void {
  for (const { at, seed, pretraining, withLabels } of ensemblePoints(part)) {
    const unit = units.find((one) => isEnsemble(one) && one.seed === seed);
    const member = unit && membersOf(unit).get(String(at[CONTENDER]));
    expect(member, JSON.stringify([at, seed])).toBeDefined();
    if (member === undefined || withLabels === undefined) continue;
    expect(encoderRun(member)).toEqual(pretraining);
    expect(member.experiment.labelsPerClass).toEqual([withLabels.supervised.labelsPerClass]);
    expect(alike(configOf(member, 'full'))).toEqual(alike(withLabels));
  }
}

/** Without what a study sets itself for every protocol, seed and number of labels. */
function alike({ supervised, optimiser, ...rest }: RunConfig): object {
  return { ...rest, supervised: { ...supervised, labelsPerClass: 0, train: '' }, optimiser: { ...optimiser, seed: 0 } };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
