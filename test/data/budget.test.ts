import { expect, it } from 'vitest';
import { Budget } from '../../src/data/budget.ts';

it('never has more under way than fits, and gets everything done', async () => {
  const budget = new Budget(10);
  let used = 0;
  let most = 0;
  const results = await Promise.all(
    [4, 4, 4, 10, 1, 25, 3].map((amount) =>
      budget.spend(amount, async () => {
        used += Math.min(amount, 10);
        most = Math.max(most, used);
        await new Promise((resolve) => setTimeout(resolve, 1));
        used -= Math.min(amount, 10);
        return amount;
      }),
    ),
  );
  expect(results).toEqual([4, 4, 4, 10, 1, 25, 3]);
  expect(most).toBeLessThanOrEqual(10);
  expect(most).toBeGreaterThan(4);
});

it('gives back what failed work had taken', async () => {
  const budget = new Budget(1);
  await expect(budget.spend(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(budget.spend(1, async () => 'yes')).resolves.toBe('yes');
});
