import { describe, expect, it } from 'vitest';
import { type FigureRule, sayRule } from '../../src/config/figures/rules.ts';
import { judge, type MeasuredLines, type MeasuredPoint } from '../../src/metrics/verdict.ts';

/** Three seeds, standard error sqrt(3) of `deviation`. */
const line = (means: readonly number[], deviation = 0.01, count = 3, xs = means.map((_, i) => i)): MeasuredPoint[] =>
  means.map((mean, i) => ({ x: xs[i] as number, mean, deviation: count === 1 ? Number.NaN : deviation, count }));
const level = (mean: number, deviation = 0.01, count = 3): MeasuredPoint[] => [{ mean, deviation, count }];

const A = { line: 'a' } as const;

describe.each<[FigureRule, string, Record<'holds' | 'cannot be told' | 'does not hold', MeasuredLines>]>([
  [
    { rule: 'increases', ...A },
    '“a” increases.',
    {
      holds: { a: line([0.1, 0.2, 0.3]) },
      'cannot be told': { a: line([0.1, 0.105, 0.11]) },
      'does not hold': { a: line([0.3, 0.2, 0.1]) },
    },
  ],
  [
    { rule: 'decreases', ...A },
    '“a” decreases.',
    {
      holds: { a: line([0.3, 0.2, 0.1]) },
      'cannot be told': { a: line([0.11, 0.105, 0.1]) },
      'does not hold': { a: line([0.3, 0.1, 0.2]) },
    },
  ],
  [
    { rule: 'peaksBetween', ...A, from: 1, to: 2 },
    '“a” peaks between 1 and 2.',
    {
      holds: { a: line([0.1, 0.3, 0.2, 0.1]) },
      'cannot be told': { a: line([0.1, 0.3, 0.2, 0.29]) },
      'does not hold': { a: line([0.1, 0.3, 0.2, 0.4]) },
    },
  ],
  [
    { rule: 'above', ...A, than: 'b' },
    '“a” is above “b” everywhere.',
    {
      holds: { a: line([0.2, 0.3]), b: line([0.1, 0.2]) },
      'cannot be told': { a: line([0.2, 0.3]), b: line([0.1, 0.295]) },
      'does not hold': { a: line([0.2, 0.3]), b: level(0.25) },
    },
  ],
  [
    { rule: 'above', ...A, than: 'b', at: 'last' },
    '“a” is above “b” at the end.',
    {
      holds: { a: line([0.2, 0.3]), b: level(0.25) },
      'cannot be told': { a: line([0.2, 0.255]), b: level(0.25) },
      'does not hold': { a: line([0.3, 0.2]), b: level(0.25) },
    },
  ],
  [
    { rule: 'flatterThan', ...A, than: 'b' },
    '“a” is flatter than “b”.',
    {
      holds: { a: line([0.5, 0.52, 0.5]), b: line([0.2, 0.4, 0.3]) },
      'cannot be told': { a: line([0.5, 0.52, 0.5]), b: line([0.2, 0.23, 0.21]) },
      'does not hold': { a: line([0.1, 0.5]), b: line([0.2, 0.3]) },
    },
  ],
  [
    { rule: 'crosses', ...A, with: 'b', from: 0.5, to: 1.5 },
    '“a” crosses “b” between 0.5 and 1.5.',
    {
      holds: { a: line([0.4, 0.3, 0.1]), b: level(0.28) },
      'cannot be told': { a: line([0.4, 0.3, 0.275]), b: level(0.28) },
      'does not hold': { a: line([0.4, 0.3, 0.35]), b: level(0.2) },
    },
  ],
  [
    { rule: 'within', ...A, low: 0.1, high: 0.2 },
    '“a” lies between 0.1 and 0.2.',
    {
      holds: { a: line([0.15, 0.16]) },
      'cannot be told': { a: line([0.15, 0.195]) },
      'does not hold': { a: line([0.15, 0.3]) },
    },
  ],
])('%j', (rule, sentence, cases) => {
  it('is a sentence', () => expect(sayRule(rule)).toBe(sentence));

  it.each(Object.entries(cases))('%s', (verdict, lines) => expect(judge(rule, lines).verdict).toBe(verdict));

  it('can never be told of one seed', () => {
    for (const lines of Object.values(cases)) {
      const once = Object.fromEntries(
        Object.entries(lines).map(([name, points]) => [
          name,
          points.map((point) => ({ ...point, deviation: Number.NaN, count: 1 })),
        ]),
      );
      expect(judge(rule, once).verdict).toBe('cannot be told');
    }
  });

  it('cannot be told of nothing', () =>
    expect(judge(rule, {})).toEqual({ verdict: 'cannot be told', because: '“a” is not measured' }));
});

describe('a verdict', () => {
  it('counts a difference from two standard errors of both means on', () => {
    // Standard errors 0.01 / sqrt(3) each: two of their difference are 0.01633.
    const told = (b: number) => judge({ rule: 'above', line: 'a', than: 'b' }, { a: level(0.5), b: level(b) }).verdict;
    expect(told(0.5 - 0.0163)).toBe('cannot be told');
    expect(told(0.5 - 0.0164)).toBe('holds');
    expect(told(0.5 + 0.0164)).toBe('does not hold');
  });

  it('is stricter about one line where the other has more spread', () => {
    const lines = { a: level(0.5, 0.01), b: level(0.47, 0.01) };
    expect(judge({ rule: 'above', line: 'a', than: 'b' }, lines).verdict).toBe('holds');
    expect(judge({ rule: 'above', line: 'a', than: 'b' }, { ...lines, b: level(0.47, 0.1) }).verdict).toBe('cannot be told');
  });

  it('refuses a rise that clearly falls on its way', () => {
    const { verdict, because } = judge({ rule: 'increases', line: 'a' }, { a: line([0.1, 0.4, 0.2]) });
    expect([verdict, because]).toEqual(['does not hold', '0.4 at 1, and then 0.2 at 2']);
  });

  it('cannot tell a peak at the end of what is measured', () => {
    const { verdict, because } = judge({ rule: 'peaksBetween', line: 'a', from: 1, to: 3 }, { a: line([0.1, 0.2, 0.3]) });
    expect([verdict, because]).toEqual(['cannot be told', 'nothing is measured right of it']);
  });

  it('says where lines meet, and refuses a place outside', () => {
    const lines = { a: line([0.4, 0.2]), b: line([0.25, 0.25]) };
    expect(judge({ rule: 'crosses', line: 'a', with: 'b' }, lines)).toEqual({
      verdict: 'holds',
      because: 'they meet at about 0.75',
    });
    expect(judge({ rule: 'crosses', line: 'a', with: 'b', to: 0.5 }, lines).verdict).toBe('does not hold');
  });

  it('looks at one place where one is named', () => {
    const lines = { a: line([0.1, 0.5]), b: line([0.2, 0.2]) };
    expect(judge({ rule: 'above', line: 'a', than: 'b', at: 1 }, lines).verdict).toBe('holds');
    expect(judge({ rule: 'above', line: 'a', than: 'b', at: 0 }, lines).verdict).toBe('does not hold');
    expect(judge({ rule: 'above', line: 'a', than: 'b', at: 9 }, lines).because).toBe('they are measured nowhere together');
    expect(judge({ rule: 'within', line: 'a', low: 0, high: 0.2, at: 0 }, lines).verdict).toBe('holds');
  });
});

describe('a rule in words', () => {
  const charts = [
    { y: { unit: 'share' as const }, lines: [{ name: 'a' }, { name: 'b' }, { name: 'c', x: 'task.maskRatio' }] },
    { y: { unit: 'milliseconds' as const }, lines: [{ name: 'd' }, { name: 'e', x: 'task.maskRatio' }] },
  ];
  it.each<[FigureRule, string]>([
    [{ rule: 'above', ...A, than: 'b' }, '“a” is above “b”.'],
    [{ rule: 'above', ...A, than: 'c' }, '“a” is above “c” everywhere.'],
    [{ rule: 'above', line: 'c', than: 'b' }, '“c” is above “b” everywhere.'],
    [{ rule: 'above', line: 'd', than: 'e', at: 0.3 }, '“d” takes longer than “e” at 0.3.'],
    [{ rule: 'within', ...A, low: 0.2, high: 1 }, '“a” is at least 20 %.'],
    [{ rule: 'within', ...A, low: 0, high: 0.2 }, '“a” is at most 20 %.'],
    [{ rule: 'within', line: 'd', low: 0, high: 1 }, '“d” lies between 0 and 1.'],
  ])('%j', (rule, sentence) => expect(sayRule(rule, charts)).toBe(sentence));
});
