/** A model that is taken home: the dialog, the zip, and the proof in it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { findTorch } from '../../scripts/python.mjs';
import { type App, expect, test } from './app.ts';
import { seriousProblems } from './axe.ts';

async function openDialog(app: App, page: Page) {
  await app.open({ 'optimiser.steps': '6' });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  await app.button('Other ways to save').click();
  await app.button('Take home…').click();
  const dialog = page.getByRole('dialog', { name: 'Take home' });
  await expect(dialog.getByRole('status')).toHaveText('patchwork-mp3-digits-step6', { timeout: 30_000 });
  // All parts are measured.
  await expect(dialog.getByRole('button', { name: /^Save as zip, [\d.]+ [kKM]B$/ })).toBeEnabled({ timeout: 60_000 });
  return dialog;
}

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; files: Record<string, Uint8Array> }> {
  const saving = page.waitForEvent('download');
  await press();
  const download = await saving;
  return { name: download.suggestedFilename(), files: unzipSync(readFileSync(await download.path())) };
}

test('a run is taken home as a zip whose example proves itself', async ({ app, page }) => {
  const dialog = await openDialog(app, page);
  expect(await seriousProblems(page)).toEqual([]);
  await expect(dialog.getByRole('checkbox', { name: 'Model card' })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: 'The whole run' })).not.toBeChecked();
  const { name, files } = await saved(page, () => dialog.getByRole('button', { name: /^Save as zip/ }).click());
  expect(name).toBe('patchwork-mp3-digits-step6.zip');
  const names = Object.keys(files).map((file) => file.replace('patchwork-mp3-digits-step6/', ''));
  for (const wanted of [
    'README.md',
    'model.safetensors',
    'timm/config.json',
    'onnx/model.onnx',
    'demo.html',
    'probe.safetensors',
    'curves.csv',
    'metrics.json',
    'board.png',
  ])
    expect(names).toContain(wanted);
  const folder = mkdtempSync(path.join(tmpdir(), 'home-'));
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes);
  }
  const run = (program: string, script: string) =>
    spawnSync(program, [path.join(folder, 'patchwork-mp3-digits-step6', script)], { encoding: 'utf8' });
  const node = run(process.execPath, 'proof.mjs');
  expect(node.stdout + node.stderr).toContain('The model computes what it computed in Patchwork.');
  expect(node.status).toBe(0);
  const python = findTorch();
  if (python !== undefined)
    expect(run(python, 'example.py').stdout).toContain('The model computes what it computed in Patchwork.');
  rmSync(folder, { recursive: true });
});

test('only what is ticked is taken, by keys alone, and the dialog goes with Escape', async ({ app, page }) => {
  const dialog = await openDialog(app, page);
  const ticked = dialog.getByRole('checkbox', { checked: true });
  while ((await ticked.count()) > 0) {
    await ticked.first().focus();
    await page.keyboard.press('Space');
  }
  await expect(dialog.getByRole('button', { name: /^Save as zip/ })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'Weights', exact: true }).focus();
  await page.keyboard.press('Space');
  const { files } = await saved(page, async () => {
    await dialog.getByRole('button', { name: /^Save as zip/ }).focus();
    await page.keyboard.press('Enter');
  });
  expect(Object.keys(files)).toEqual(['patchwork-mp3-digits-step6/model.safetensors']);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
