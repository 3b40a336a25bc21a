import { describe, expect, it } from 'vitest';
import { startingRun } from '../../../../src/config/presets.ts';
import { defaultRun } from '../../../../src/config/run.ts';
import { sayAgo, sayBack, sayRun } from '../../../../src/ui/controller/keeping/sayings.ts';

const at = (text: string): number => new Date(`2026-11-29T${text}`).getTime();

describe('a run that comes back', () => {
  it('says what was lost, and only where something was', () => {
    const seenAt = at('12:00:14');
    expect(sayBack(1240, at('12:00:00'), { step: 1260, seenAt })).toBe(
      'Back at step 1,240, saved 14 s before the page went: 20 steps will be done again.',
    );
    expect(sayBack(1240, at('12:00:00'), { step: 1240, seenAt })).toBe('Back at step 1,240, as the page was left.');
  });

  it('is named by what it learns', () => {
    expect(sayRun(startingRun(defaultRun().data, 'mae'), 'Scenes', 1240)).toMatch(/^MAE on Scenes, step 1,240 of [\d,]+$/);
  });
});

describe('how long ago', () => {
  const now = at('09:00:00');
  it.each([
    ['08:59:30', 'a moment ago'],
    ['08:40:00', '20 min ago'],
    ['05:00:00', '4 h ago'],
  ])('is told in small numbers: %s', (time, said) => expect(sayAgo(at(time), now)).toBe(said));

  it('is told in days, and far back as a date', () => {
    expect(sayAgo(new Date('2026-11-28T22:00:00').getTime(), now)).toBe('yesterday');
    expect(sayAgo(new Date('2026-11-25T22:00:00').getTime(), now)).toBe('4 days ago');
    expect(sayAgo(new Date('2026-10-02T22:00:00').getTime(), now)).toBe('on 2 Oct 2026');
  });
});
