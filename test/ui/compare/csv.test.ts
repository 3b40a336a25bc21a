import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { toCsv } from '../../../src/io/csv.ts';
import { runsCsv, studyCsv } from '../../../src/ui/compare/csv.ts';
import { keptRun, studyReport, studyResult } from '../study/reports.ts';

describe('toCsv', () => {
  it('quotes what would break a row, and leaves numbers bare', () => {
    expect(toCsv([['a,b', 'say "x"', 'two\nlines', 1.25, true, null]])).toBe('"a,b","say ""x""","two\nlines",1.25,true,\r\n');
  });

  it('lets no text begin a formula, and writes no NaN', () => {
    expect(toCsv([['=1+1', '@x', -2, Number.NaN]])).toBe("'=1+1,'@x,-2,\r\n");
  });
});

describe('runsCsv', () => {
  it('has a column for each setting that some run uses, and each score that some run has', () => {
    const mae = keptRun({ id: '2', name: 'b', config: presetRun('mae-scenes'), scores: { maskedError: 0.7 }, cost: null });
    const csv = runsCsv([keptRun({ id: '1', name: '=a', scores: { positionAccuracy: 0.5 } }), mae]);
    const [head = '', first = '', second = ''] = csv.split('\r\n');
    const names = head.split(',');
    expect(names.slice(0, 3)).toEqual(['name', 'step', 'data.dataset']);
    expect(names).toContain('task.objective');
    expect(names).not.toContain('data2vec.emaStart');
    const cell = (line: string, name: string): string | undefined => line.split(',')[names.indexOf(name)];
    expect(cell(first, 'name')).toBe("'=a");
    expect([cell(first, 'mae.target'), cell(second, 'mae.target')]).toEqual(['', mae.config.mae.target]);
    expect(cell(first, 'positionAccuracy')).toBe('0.5');
    expect(cell(second, 'positionAccuracy')).toBe('');
    expect(cell(second, 'maskedError')).toBe('0.7');
    expect(cell(first, 'seconds')).toBe('12');
    expect(cell(second, 'seconds')).toBe('');
  });
});

describe('studyCsv', () => {
  it('has one line a result, with what pretraining took beside it', () => {
    const report = studyReport([studyResult({ contender: 1, accuracy: 0.25, labelsPerClass: 0, seed: 3 })]);
    const [head = '', line = ''] = studyCsv(report).split('\r\n');
    const record = Object.fromEntries(head.split(',').map((name, i) => [name, line.split(',')[i]]));
    expect(record).toMatchObject({
      contender: 'MP3',
      protocol: 'finetune',
      labels_per_class: 'all',
      seed: '3',
      accuracy: '0.25',
      pretraining_seconds: '60',
      pretraining_gflop: '100',
    });
  });
});
