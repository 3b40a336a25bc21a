/** Every way to train, from its preset to its board and its panels, on runs that take seconds. */
import type { Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';

/** A model of two patches' worth of work: what is tested is the page. */
const TINY = { 'model.width': '32', 'picture.patch': '8', 'optimiser.steps': '12', 'optimiser.warmup': '2' };

interface Objective {
  preset: string;
  /** What a shared link would add, so that a preset becomes a run of seconds. */
  settings: Record<string, string>;
  panels: string[];
  /** What the board says of its first picture. */
  board: RegExp;
  steps: number;
}

const OBJECTIVES: Record<string, Objective> = {
  mae: {
    preset: 'Scenes, MAE',
    settings: { 'mae.decoderDepth': '1', 'mae.decoderWidth': '32' },
    panels: ['Curves', 'Mask ratio explorer', 'Error by cell'],
    board: /error \d.*12 of 16 removed/,
    steps: 12,
  },
  simmim: {
    preset: 'Scenes, SimMIM',
    settings: { 'task.maskRatio': '0.5' },
    panels: ['Curves', 'Mask ratio explorer', 'Error by cell'],
    board: /error \d.*8 of 16 removed/,
    steps: 12,
  },
  data2vec: {
    preset: 'Scenes, data2vec 2.0',
    settings: { 'data2vec.masks': '2', 'data2vec.block': '1' },
    panels: ['Curves', 'Mask ratio explorer', 'Collapse watch'],
    board: /cosine -?\d.*12 of 16 hidden/,
    steps: 12,
  },
  selfDistillation: {
    preset: 'Faces to Scenes, self-distillation',
    settings: {
      'mae.decoderDepth': '1',
      'mae.decoderWidth': '32',
      'selfDistillation.pretrainSteps': '6',
      'selfDistillation.source': 'scenes',
      'optimiser.steps': '6',
    },
    panels: ['Curves', 'Phases', 'Mask ratio explorer', 'Error by cell'],
    board: /error \d.*12 of 16 removed/,
    steps: 18,
  },
  supervised: {
    preset: 'Scenes, with labels',
    settings: {},
    panels: ['Curves', 'Class confusion'],
    board: /right|wrong/,
    steps: 12,
  },
};

/** The settings that a preset's link holds, made small. */
async function openSmall(app: App, page: Page, name: string): Promise<void> {
  const { preset, settings } = OBJECTIVES[name];
  await app.open();
  await page.getByRole('combobox', { name: 'Preset' }).click();
  await page.getByRole('option', { name: preset, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`task\\.objective=${name}`));
  const link = Object.fromEntries(new URL(page.url()).searchParams);
  await app.open({ ...link, 'data.dataset': 'digits', 'model.depth': '1', 'model.heads': '1', ...TINY, ...settings });
}

for (const [name, { panels, board, steps }] of Object.entries(OBJECTIVES)) {
  test(`opens ${name} by its preset, trains it, and goes back in time`, async ({ app, page }) => {
    await openSmall(app, page, name);
    await app.button('Train').click();
    await expect(app.status).toHaveText(`Finished step ${steps} of ${steps}`, { timeout: 45_000 });
    for (const panel of panels) await expect(app.region(panel)).toBeVisible();
    const row = app.region('Board').getByRole('group', { name: 'Sample 1' });
    await expect(row).toContainText(board);
    await expect.poll(async () => (await app.curves())[0]).toMatch(/held-out [\d.]+/);

    const time = page.getByRole('slider', { name: 'Training time' });
    await time.focus();
    await time.press('Home');
    await expect(app.region('Board')).toContainText('step 0');
    await expect(row).toContainText(board);
  });
}

test('says what borrowing is, and sets MAE beside SimMIM', async ({ app, page }) => {
  await openSmall(app, page, 'mae');
  const badge = app.button('borrowed statistics');
  await badge.focus();
  await expect(page.getByRole('tooltip')).toContainText('given away');
  await app.button('Beside MAE').click();
  await expect(page.getByRole('row', { name: /Tokens in it/ })).toContainText('5, class token included');
  await expect(page.getByText(/A step of SimMIM computes|Here MAE computes/)).toBeVisible();
});

test('watches for collapse, and measures what masks save', async ({ app, page }) => {
  await openSmall(app, page, 'data2vec');
  const watch = app.region('Collapse watch');
  await expect(watch).toContainText(/Healthy|Collapsed|Positional collapse|Too easy|hardly differ/);
  await app.button('Measure the saving from 2 masks').click();
  await expect(watch).toContainText(/ms a step.*(times as fast|No saving here)/, { timeout: 45_000 });
});

test('shows the phases of self-distillation, and no mask ratio for labels', async ({ app, page }) => {
  await openSmall(app, page, 'selfDistillation');
  await expect(app.region('Phases').getByRole('listitem')).toHaveCount(3);
  await app.button('Train').click();
  await expect(app.region('Phases').locator('[aria-current=step]')).toContainText('Self-distillation', { timeout: 45_000 });
  await page.getByRole('combobox', { name: 'Objective' }).click();
  await page.getByRole('option', { name: /^Labels/ }).click();
  await expect(page.getByRole('slider', { name: 'Mask ratio' })).toHaveCount(0);
  await expect(app.region('Task')).toContainText('no mask ratio');
  await expect(app.region('Class confusion')).toBeVisible();
  await expect(app.region('Mask ratio explorer')).toHaveCount(0);
});
