import { describe, expect, it } from 'vitest';
import type { Learned } from '../../../src/trainer/study/plan.ts';
import type { StudyReport } from '../../../src/ui/store/study.ts';
import { ratioLines } from '../../../src/ui/study/ratios.ts';
import { studyRows } from '../../../src/ui/study/summary.ts';
import { studyReport, studyResult } from './reports.ts';

const contender = (name: string, learned?: Learned): StudyReport['contenders'][number] => ({
  name,
  pretrained: learned !== undefined,
  pretraining: null,
  ...(learned && { learned }),
});

describe('ratioLines', () => {
  it('draws an objective whose encoders differ in their mask ratio, on the largest set', () => {
    const contenders = [
      contender('From scratch'),
      contender('MAE .75', { objective: 'mae', maskRatio: 0.75 }),
      contender('MAE .25', { objective: 'mae', maskRatio: 0.25 }),
      contender('SimMIM', { objective: 'simmim', maskRatio: 0.6 }),
    ];
    const results = contenders.flatMap((_, index) => [
      studyResult({ contender: index, protocol: 'linear', labelsPerClass: 10, accuracy: 0.1 }),
      studyResult({ contender: index, protocol: 'linear', labelsPerClass: 50, accuracy: index / 10 }),
    ]);
    const report = studyReport(results, { contenders, protocols: ['linear'], sizes: [10, 50] });
    expect(ratioLines(report, studyRows(report), 'linear')).toEqual([
      {
        objective: 'mae',
        points: [
          { ratio: 0.25, accuracy: 0.2 },
          { ratio: 0.75, accuracy: 0.1 },
        ],
      },
    ]);
    expect(ratioLines(report, studyRows(report), 'knn')).toEqual([]);
  });
});
