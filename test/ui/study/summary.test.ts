import { describe, expect, it } from 'vitest';
import { ensembleVerdicts, formatAccuracy, studyRows, verdicts } from '../../../src/ui/study/summary.ts';
import { studyReport, studyResult } from './reports.ts';

const seeds = (contender: number, accuracies: readonly number[]) =>
  accuracies.map((accuracy, i) => studyResult({ contender, accuracy, seed: i + 1 }));

describe('studyRows', () => {
  it('takes seeds together, with their spread, and adds what pretraining took', () => {
    const rows = studyRows(studyReport([...seeds(0, [0.4, 0.42]), ...seeds(1, [0.5, 0.54])]));
    expect(rows.map(({ name }) => name)).toEqual(['From scratch', 'MP3']);
    const [scratch, mp3] = rows;
    expect(formatAccuracy(scratch.accuracy)).toBe('41.0 ± 1.4 %');
    expect(formatAccuracy(mp3.accuracy)).toBe('52.0 ± 2.8 %');
    expect(scratch.total).toEqual({ seconds: 2, gflop: 3 });
    expect(mp3.total).toEqual({ seconds: 62, gflop: 103 });
  });

  it('does not make up a total where nobody measured pretraining', () => {
    const contenders = [{ name: 'A file', pretrained: true, pretraining: null }];
    const [row] = studyRows(studyReport([studyResult()], { contenders }));
    expect(row.total).toBeNull();
    expect(formatAccuracy(row.accuracy)).toBe('50.0 %');
  });

  it('puts the largest set first, and skips what has no result yet', () => {
    const results = [studyResult({ labelsPerClass: 5 }), studyResult({ labelsPerClass: 0 })];
    const rows = studyRows(studyReport(results, { sizes: [5, 10, 0] }));
    expect(rows.map(({ labelsPerClass }) => labelsPerClass)).toEqual([0, 5]);
  });
});

describe('verdicts', () => {
  const say = (scratch: readonly number[], mp3: readonly number[]): string[] => {
    const report = studyReport([...seeds(0, scratch), ...seeds(1, mp3)]);
    return verdicts(report, studyRows(report));
  };

  it('says how far above from scratch when that is more than the spread, and with how many labels', () => {
    expect(say([0.4, 0.42], [0.5, 0.52])).toEqual(['MP3, 10 labels a class: fine-tune 10.0 points above from scratch.']);
    expect(say([0.5, 0.52], [0.4, 0.42])).toEqual(['MP3, 10 labels a class: fine-tune 10.0 points below from scratch.']);
  });

  it('claims nothing within the spread, or from one seed', () => {
    expect(say([0.4, 0.5], [0.45, 0.55])[0]).toContain('from scratch (within the spread over seeds: no clear difference)');
    expect(say([0.4], [0.6])[0]).toContain('one seed, which proves little');
  });

  it('compares with the same model only, in every way to use labels', () => {
    const contenders = [
      { name: 'From scratch, as MP3', pretrained: false, pretraining: null, model: 'a' },
      { name: 'From scratch, as MAE', pretrained: false, pretraining: null, model: 'b' },
      { name: 'Random, frozen, as MAE', pretrained: false, pretraining: null, model: 'b' },
      { name: 'MAE', pretrained: true, pretraining: null, model: 'b' },
    ];
    const all = { labelsPerClass: 0 } as const;
    const results = [1, 2].flatMap((seed) => [
      studyResult({ ...all, seed, contender: 0, accuracy: 0.1 }),
      studyResult({ ...all, seed, contender: 1, accuracy: 0.4 }),
      studyResult({ ...all, seed, contender: 2, accuracy: seed === 1 ? 0.2 : 0.22, protocol: 'linear' }),
      studyResult({ ...all, seed, contender: 3, accuracy: 0.5 }),
      studyResult({ ...all, seed, contender: 3, accuracy: 0.3, protocol: 'linear' }),
    ]);
    const report = studyReport(results, { contenders, protocols: ['finetune', 'linear'], sizes: [0] });
    const rows = studyRows(report);
    expect(verdicts(report, rows)).toEqual([
      'MAE, all labels: fine-tune 10.0 points above from scratch, as MAE; linear probe 9.0 points above random, frozen, as MAE.',
    ]);
    // All labels on features that are kept: seeds decide nothing, and a spread of 0 would claim what nobody tried.
    const probe = rows.find(({ contender, protocol }) => contender === 3 && protocol === 'linear');
    expect(probe && formatAccuracy(probe.accuracy)).toBe('30.0 %');
  });
});

describe('ensembleVerdicts', () => {
  const contenders = [
    { name: 'MP3', pretrained: true, pretraining: null },
    { name: 'MAE', pretrained: true, pretraining: null },
    { name: 'MP3 + MAE', pretrained: true, pretraining: null, members: [0, 1] },
    { name: 'MAE, two seeds', pretrained: true, pretraining: null, members: [1, 1] },
  ];
  const say = (...accuracies: readonly (readonly number[])[]): string[] => {
    const report = studyReport(
      accuracies.flatMap((own, contender) => seeds(contender, own)),
      { contenders },
    );
    return ensembleVerdicts(report, studyRows(report));
  };

  it('sets one beside the better of its members and beside two seeds of one', () => {
    expect(say([0.4, 0.4], [0.5, 0.5], [0.6, 0.6], [0.58, 0.58])).toEqual([
      'MP3 + MAE, 10 labels a class: 10.0 points above MAE, the better of the two alone; 2.0 points above MAE, two seeds.',
    ]);
    expect(say([0.4], [0.5], [0.6], [0.58])[0]).toContain('one seed, which proves little');
  });
});
