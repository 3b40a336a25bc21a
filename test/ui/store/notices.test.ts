import { expect, it } from 'vitest';
import { type Notice, withNotice } from '../../../src/ui/store/notices.ts';

const notice = (id: number, text: string): Notice => ({ id, kind: 'error', text, details: [] });

it('says the same thing once, and newest last', () => {
  const notices = [notice(1, 'a'), notice(2, 'b'), notice(3, 'a')].reduce<readonly Notice[]>(withNotice, []);
  expect(notices.map(({ id }) => id)).toEqual([2, 3]);
});

it('never covers the page', () => {
  const many = Array.from({ length: 20 }, (_, i) => notice(i, `text ${i}`)).reduce<readonly Notice[]>(withNotice, []);
  expect(many.length).toBeLessThanOrEqual(3);
  expect(many.at(-1)?.id).toBe(19);
});
