import { Tooltip } from 'radix-ui';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/board.css';
import '../../../src/ui/styles/panels.css';
import '../../../src/ui/styles/boardWidths.css';
import '../../../src/ui/styles/strips.css';
import type { Grid } from '../../../src/config/modalities/tokens.ts';
import { cellCount } from '../../../src/config/modalities/tokens.ts';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import type { BoardReport } from '../../../src/trainer/reports.ts';
import { ControllerContext } from '../../../src/ui/controller/context.ts';
import { startController } from '../../../src/ui/controller/controller.ts';
import { AttentionPanel } from '../../../src/ui/panels/AttentionPanel.tsx';
import { BoardPanel } from '../../../src/ui/panels/BoardPanel.tsx';
import { CellErrorsPanel } from '../../../src/ui/panels/CellErrorsPanel.tsx';
import { PositionConfusionPanel } from '../../../src/ui/panels/ConfusionPanel.tsx';
import { Thumbnails } from '../../../src/ui/panels/data/Thumbnails.tsx';
import { withFrame } from '../../../src/ui/store/board.ts';
import { update } from '../../../src/ui/store/store.ts';
import { MistakeGallery } from '../../../src/ui/study/MistakeGallery.tsx';
import { fakeWorkplace, runInfo } from '../fakes.ts';
import { soundGallery, soundInfo } from '../soundRun.ts';

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

/** The page's panels over a run on sounds that are cut into `grid`. */
async function show(grid: Grid, panels: React.ReactNode, board?: BoardReport, pinned = false): Promise<void> {
  const workplace = fakeWorkplace();
  const controller = startController(workplace.store, workplace, '');
  const info = { ...soundInfo(runInfo(withObjective(defaultRun(), 'mp3')), grid), pinned };
  update(workplace.store, 'run', (run) => ({ ...run, info, phase: 'paused' }));
  const n = cellCount(grid);
  const cellErrors = Float32Array.from({ length: n }, (_, cell) => (cell + 1) / n);
  const counts = Uint32Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));
  const evaluation = {
    ...{ step: 2, scores: {}, pictures: 2, errors: {}, maskRatioCurve: [], uniformDistance: 5.3125, cellErrors },
    attentionDistance: new Float32Array(info.config.model.depth * info.config.model.heads).fill(2),
    confusion: { of: 'positions' as const, counts, side: n },
  };
  update(workplace.store, 'curves', (curves) => ({ ...curves, latest: evaluation }));
  if (board !== undefined) update(workplace.store, 'board', (state) => withFrame(state, board, pinned, 0));
  await act(async () =>
    root.render(
      <ControllerContext value={controller}>
        <Tooltip.Provider>{panels}</Tooltip.Provider>
      </ControllerContext>,
    ),
  );
}

function jigsaw(grid: Grid): BoardReport {
  const n = cellCount(grid);
  const cells = Uint16Array.from({ length: n }, (_, i) => i);
  const sample = { order: cells, context: n, predicted: cells, confidence: new Float32Array(n).fill(1), assigned: cells };
  return { kind: 'jigsaw', step: 2, samples: [sample, sample, sample] };
}

function boxes(selector: string): DOMRect[] {
  return [...host.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
}

it.each([
  [[16], 390],
  [[16], 1000],
  [[5, 8], 390],
  [[5, 8], 1000],
])('stacks the three strips of a puzzle of %o, all of one width, in a window of %i px', async (grid, width) => {
  await page.viewport(width, 800);
  await show(grid, <BoardPanel />, jigsaw(grid), true);
  const rows = [...host.querySelectorAll('[role=group]')];
  expect(rows.map((row) => row.getAttribute('aria-label')).slice(0, 2)).toEqual(['Your sound', 'Sample 1']);
  const [first] = rows;
  const strips = [...first.querySelectorAll('canvas')].map((canvas) => canvas.getBoundingClientRect());
  expect(strips).toHaveLength(3);
  for (const [index, { left, width, height, top }] of strips.entries()) {
    expect([left, width]).toEqual([strips[0].left, strips[0].width]);
    expect(width).toBeGreaterThan(4 * height);
    if (index > 0) expect(top).toBeGreaterThanOrEqual(strips[index - 1].bottom);
  }
  expect([...first.querySelectorAll('.strip-title')].map(({ textContent }) => textContent)).toEqual([
    'shuffled',
    'the model',
    'the truth',
  ]);
  expect(first.textContent).toContain(`${cellCount(grid)} of ${cellCount(grid)} right`);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  expect(strips[0].width).toBeGreaterThan(width < 500 ? 0.8 * width : 0.6 * width);
});

it('paints strips and predicts latents of them in the words of sounds', async () => {
  const mask = Uint8Array.from({ length: 16 }, (_, cell) => cell % 2);
  const painted = { mask, predicted: soundGallery([16], 1).pixels, error: 0.5 };
  await show([16], <BoardPanel />, { kind: 'painting', step: 2, borrowed: true, samples: [painted] });
  const label = (row: Element) => [...row.querySelectorAll('canvas')].map((canvas) => canvas.getAttribute('aria-label'));
  expect(label(host.querySelectorAll('[role=group]')[0])).toEqual([
    'Sample 1: the original',
    'Sample 1: masked, 8 of 16 pieces removed',
    'Sample 1: the prediction, error 0.500',
    'Sample 1: the prediction with the visible pieces',
  ]);
  const colours = new Uint8Array(48);
  const latent = { mask, target: colours, predicted: colours, cosine: new Float32Array(16).fill(0.5) };
  await act(async () => root.render(null));
  await show([16], <BoardPanel />, { kind: 'latents', step: 2, samples: [latent] });
  const [row] = host.querySelectorAll('[role=group]');
  expect([...row.querySelectorAll('canvas')].map(({ width, height }) => [width, height])).toEqual([
    [48, 40],
    [16, 1],
    [16, 1],
    [16, 1],
  ]);
});

it('shows a frame that does not fit the run as one that is not there', async () => {
  const painted = { mask: new Uint8Array(64), predicted: new Uint8Array(32 * 32 * 3), error: 0.5 };
  await show([16], <BoardPanel />, { kind: 'painting', step: 2, borrowed: false, samples: [painted] });
  expect(host.textContent).toContain('not on the board at this time');
});

it('names pieces and times in the measurements, and walks over a line by keys', async () => {
  await show(
    [16],
    <>
      <CellErrorsPanel />
      <PositionConfusionPanel />
      <AttentionPanel />
    </>,
  );
  const [cells, confusion] = host.querySelectorAll<HTMLElement>('.confusion-map');
  expect(cells.getAttribute('aria-label')).toContain(
    'least 6.3 % at piece 1, 0 to 64 ms, most 100.0 % at piece 16, 960 to 1,024 ms',
  );
  const box = cells.getBoundingClientRect();
  expect(box.width / box.height).toBeCloseTo(4, 0);
  expect(confusion.getAttribute('aria-label')).toContain('of the pieces lie on the diagonal');
  expect(host.textContent).toContain('dashed: spread evenly, 5.31 pieces, 340 ms');
  const picker = host.querySelector<HTMLElement>('[role=slider]');
  expect(picker?.getAttribute('aria-label')).toBe('Query piece');
  const press = (key: string) => act(async () => picker?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
  await press('End');
  expect(picker?.getAttribute('aria-valuetext')).toBe('piece 16, 960 to 1,024 ms');
  await press('ArrowDown');
  expect(picker?.getAttribute('aria-valuenow')).toBe('15');
});

it('draws thumbnails and mistakes as strips', async () => {
  const mistakes = [{ picture: 0, truth: 0, answer: 1, confidence: 0.9 }];
  await show(
    [16],
    <>
      <Thumbnails />
      <MistakeGallery pictures={soundGallery([16], 1)} mistakes={mistakes} classes={['a', 'b']} />
    </>,
  );
  const [thumbnails, mistake] = boxes('canvas');
  // Four strips of 128, and three gaps.
  expect([thumbnails.width, thumbnails.height]).toEqual([4 * 128 + 3 * 4, 32]);
  expect([mistake.width, mistake.height]).toEqual([160, 40]);
});
