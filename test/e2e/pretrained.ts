/** What pages after pretraining start from. */
import type { Page } from '@playwright/test';
import { type App, expect } from './app.ts';

/** A pretraining that takes two seconds on two cores. */
export const SHORT = { 'optimiser.steps': '20', 'picture.flip': 'false' };

/** Pretrains, and opens the page where runs are compared. */
export async function pretrain(app: App, page: Page): Promise<void> {
  await app.open(SHORT);
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  await expect(app.button('Kept')).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeFocused();
}
