/** The heat map as people use it: numbers in cells, one sentence, arrow keys, and little room. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/robustness.css';
import { subsetName, subsetsOf } from '../../../src/config/subsets.ts';
import { HeatMap } from '../../../src/ui/compare/robustness/HeatMap.tsx';
import { heatCells } from '../../../src/ui/study/robustness.ts';

const SENSES = ['picture', 'sound', 'text'] as const;
const SUBSETS = subsetsOf(SENSES);
const ASKED = { methods: ['LP'], baselines: [], alphas: [], seeds: [1], labelsPerClass: 50 } as const;

let host: HTMLElement;
let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
});

afterEach(async () => {
  await act(async () => root.unmount());
  host.remove();
  vi.unstubAllGlobals();
});

/** Rows of the first subsets only: 11, 12 ... in the first row, 21, 22 ... in the second. */
async function show(rows: number): Promise<void> {
  const found = SUBSETS.slice(0, rows).map((trained, t) => ({
    method: 'LP' as const,
    trainedOn: subsetName(trained),
    seed: 1,
    accuracy: SUBSETS.map((_, e) => (10 * (t + 1) + e + 1) / 100),
    counts: SUBSETS.map(() => 1000),
  }));
  const cells = heatCells({ asked: ASKED, senses: SENSES, rows: found }, { method: 'LP' });
  await act(async () => root.render(<HeatMap title="LP" cells={cells} senses={3} difference={false} running="text" />));
}

const cell = (place: string): HTMLElement => host.querySelector(`[data-cell="${place}"]`) as HTMLElement;
const press = (keys: string) => act(async () => userEvent.keyboard(keys));
const sentence = () => page.getByRole('status');

describe('HeatMap', () => {
  it('shows numbers in percent, hatches what is not there, rings what is trained now', async () => {
    await page.viewport(1000, 700);
    await show(2);
    expect([cell('0,0').textContent, cell('1,6').textContent, cell('2,0').textContent]).toEqual(['11', '27', '–']);
    expect(host.querySelectorAll('td')).toHaveLength(49);
    expect(getComputedStyle(cell('2,0')).backgroundImage).toContain('repeating-linear-gradient');
    expect(getComputedStyle(cell('1,6')).backgroundImage).toBe('none');
    expect(host.querySelector('tr[data-running] th')?.textContent).toContain('text');
  });

  it('goes through its cells by arrow keys, and says what each is', async () => {
    await page.viewport(1000, 700);
    await show(2);
    await act(async () => cell('0,0').focus());
    await press('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowLeft}{ArrowRight}');
    await expect
      .element(sentence())
      .toHaveTextContent('Trained on picture, tested on sound and text: 0.16, transfer; 1,000 test samples, 1 seed.');
    await press('{ArrowUp}{ArrowDown}{ArrowDown}');
    await expect.element(sentence()).toHaveTextContent('Trained on text, tested on sound and text: not computed, added.');
    expect(document.activeElement).toBe(cell('2,5'));
  });

  it('says what has the focus while cells move under a pointer that rests', async () => {
    await page.viewport(1000, 700);
    await show(2);
    await act(async () => userEvent.hover(cell('1,5')));
    await expect.element(sentence()).toHaveTextContent('Trained on sound, tested on sound and text');
    await act(async () => cell('0,0').focus());
    const entered = new Promise((resolve) => cell('0,5').addEventListener('pointerenter', resolve, { once: true }));
    host.style.paddingTop = `${cell('1,5').offsetTop - cell('0,5').offsetTop}px`;
    await act(() => entered);
    await expect.element(sentence()).toHaveTextContent('Trained on picture, tested on picture');
  });

  it('begins with single senses on a phone', async () => {
    await page.viewport(390, 700);
    await show(7);
    expect(host.querySelectorAll('td')).toHaveLength(9);
    await act(async () => page.getByRole('button', { name: 'All 49' }).click());
    expect(host.querySelectorAll('td')).toHaveLength(49);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});
