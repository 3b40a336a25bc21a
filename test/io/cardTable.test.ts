import { expect, it } from 'vitest';
import { cardCsv } from '../../src/io/cardTable.ts';
import type { CardResult } from '../../src/metrics/cardResult.ts';

it('writes a row for each point, with the number of each seed', () => {
  const result: CardResult = {
    ...{ card: 'mae-partial', size: 'careful', version: 1, data: 'CIFAR-10', command: 'npm', verdicts: [] },
    lines: [
      { name: 'Half a block, probe', points: [{ x: 0.5, mean: 0.25, deviation: 0.05, seeds: [1, 2], values: [0.2, 0.3] }] },
      { name: 'MAE', points: [{ mean: 0.5, deviation: null, seeds: [1], values: [0.5] }] },
      { name: 'Not run', points: [] },
    ],
  };
  expect(cardCsv(result).trim().split(/\r?\n/)).toEqual([
    'card,size,data,line,x,mean,sd,n,seeds,values,version',
    'mae-partial,careful,CIFAR-10,"Half a block, probe",0.5,0.25,0.05,2,1 2,0.2 0.3,1',
    'mae-partial,careful,CIFAR-10,MAE,,0.5,,1,1,0.5,1',
  ]);
});
