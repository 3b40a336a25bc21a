import { Tooltip } from 'radix-ui';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/board.css';
import '../../../src/ui/styles/strips.css';
import '../../../src/ui/styles/sound.css';
import { pieceStarts } from '../../../src/data/sound/frontEnd.ts';
import type { BoardReport } from '../../../src/trainer/reports.ts';
import { ControllerContext } from '../../../src/ui/controller/context.ts';
import { startController } from '../../../src/ui/controller/controller.ts';
import { AttentionPanel } from '../../../src/ui/panels/AttentionPanel.tsx';
import { BoardPanel } from '../../../src/ui/panels/BoardPanel.tsx';
import { Thumbnails } from '../../../src/ui/panels/data/Thumbnails.tsx';
import { usePlayer } from '../../../src/ui/sound/player.ts';
import { withFrame } from '../../../src/ui/store/board.ts';
import { update } from '../../../src/ui/store/store.ts';
import { MistakeGallery } from '../../../src/ui/study/MistakeGallery.tsx';
import { fakeWorkplace } from '../fakes.ts';
import { type CountingContexts, countContexts } from './countingContext.ts';
import { type HeardRun, soundRun } from './hearRun.ts';

let host: HTMLElement;
let root: Root;
let audio: CountingContexts;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  audio = countContexts();
  host = document.createElement('div');
  host.style.width = '900px';
  document.body.append(host);
  root = createRoot(host);
});

afterEach(async () => {
  await act(async () => {
    window.dispatchEvent(new Event('pagehide'));
    root.unmount();
  });
  usePlayer.setState({ now: null, last: null, problem: null });
  host.remove();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function show({ info }: HeardRun, panels: React.ReactNode, board?: BoardReport): Promise<void> {
  const workplace = fakeWorkplace();
  const controller = startController(workplace.store, workplace, '');
  update(workplace.store, 'run', (run) => ({ ...run, info, phase: 'paused' }));
  if (board !== undefined) update(workplace.store, 'board', (state) => withFrame(state, board, false, 0));
  await act(async () =>
    root.render(
      <ControllerContext value={controller}>
        <Tooltip.Provider>{panels}</Tooltip.Provider>
      </ControllerContext>,
    ),
  );
}

/** Backwards; piece 2 is put where 3 is put too, which is surer, and the others lie right. */
function puzzle(n: number): BoardReport {
  const order = Uint16Array.from({ length: n }, (_, i) => n - 1 - i);
  const predicted = order.map((patch) => (patch === 2 ? 3 : patch));
  const confidence = Float32Array.from(order, (patch) => (patch === 2 ? 0.5 : 0.9));
  return { kind: 'jigsaw', step: 2, samples: Array(4).fill({ order, context: n, predicted, confidence, assigned: order }) };
}

async function button(name: string): Promise<HTMLButtonElement> {
  const find = () => [...host.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === name);
  await act(async () => vi.waitFor(() => expect(find(), `"${name}" among ${labels().join(', ')}`).toBeDefined(), 5000));
  return find() as HTMLButtonElement;
}

function labels(): (string | null)[] {
  return [...host.querySelectorAll('.play-buttons button')].map((one) => one.getAttribute('aria-label'));
}

async function press(name: string): Promise<void> {
  const before = audio.given.length;
  const found = await button(name);
  await act(async () => {
    found.click();
    if (name.startsWith('Play')) await vi.waitFor(() => expect(audio.given.length).toBe(before + 1), 10_000);
  });
}

const caption = () => host.querySelector('output')?.textContent;

function farthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), a.length === b.length ? 0 : Number.NaN);
}

it('plays the truth as it is, the shuffled pieces, and the placement with its holes silent', async () => {
  const run = soundRun('mp3');
  await show(run, <BoardPanel />, puzzle(16));
  const wave = run.waveform(1);
  const starts = pieceStarts(wave.length, 16);
  const middle = (samples: Float32Array, cell: number): Float32Array => samples.slice(starts[cell] + 80, starts[cell + 1] - 80);

  await press('Play the truth of sample 2');
  expect(audio.given[0].rate).toBe(16_000);
  expect(farthest(audio.given[0].samples, wave)).toBeLessThan(1e-6);
  expect(caption()).toBe('Sample 2, the truth');

  await press('Play the shuffled pieces of sample 2');
  expect(farthest(middle(audio.given[1].samples, 1), middle(wave, 14))).toBeLessThan(1e-6);
  expect(farthest(audio.given[1].samples, wave)).toBeGreaterThan(0.01);

  await press('Play the placement of sample 2');
  const { samples } = audio.given[2];
  expect(Math.max(...middle(samples, 2).map(Math.abs))).toBe(0);
  expect(Math.max(...middle(wave, 2).map(Math.abs))).toBeGreaterThan(0.01);
  // Of the two pieces that were put there the surer one.
  for (const cell of [0, 1, 3, 15]) expect(farthest(middle(samples, cell), middle(wave, cell))).toBeLessThan(1e-6);
  expect(caption()).toBe('Sample 2, the placement: 1 hole silent');
});

it('has no holes where the puzzle is solved whole', async () => {
  const run = soundRun('mp3');
  await show(run, <BoardPanel />, puzzle(16));
  await act(async () =>
    [...host.querySelectorAll<HTMLElement>('.toggle')].find((one) => one.textContent?.includes('whole'))?.click(),
  );
  await press('Play the placement of sample 1');
  expect(farthest(audio.given[0].samples, run.waveform(0))).toBeLessThan(1e-6);
  expect(caption()).toBe('Sample 1, the placement, solved whole');
});

it('plays nothing by itself, one sound at a time in one context, and wakes it', async () => {
  await show(soundRun('mp3'), <BoardPanel />, puzzle(16));
  await button('Play the truth of sample 1');
  expect(audio.contexts).toHaveLength(0);
  await press('Play the truth of sample 1');
  await press('Play the truth of sample 2');
  expect(audio.contexts).toHaveLength(1);
  expect(audio.contexts[0].state).toBe('running');
  const [first, second] = audio.given;
  expect(first.stopped).toBeLessThan(second.started);
  expect(second.stopped).toBeNull();
  await press('Stop the truth of sample 2');
  expect(second.stopped).not.toBeNull();
  expect(labels().some((label) => label?.startsWith('Stop'))).toBe(false);
});

it('lights the piece that sounds, and moves a line unless motion is unwanted', async () => {
  await show(soundRun('mp3'), <BoardPanel />, puzzle(16));
  await press('Play the truth of sample 1');
  audio.pass(0.4);
  const lit = () => [...host.querySelectorAll('.lit-piece')].map((one) => one.getAttribute('data-piece'));
  await act(async () => vi.waitFor(() => expect(lit()).toEqual(['6'])));
  const [line] = host.querySelectorAll<HTMLElement>('.play-line');
  expect(Number.parseFloat(line.style.left)).toBeCloseTo(40);
  const strip = host.querySelectorAll('.strip')[2].querySelector('canvas')?.getBoundingClientRect();
  const piece = host.querySelector('.lit-piece')?.getBoundingClientRect();
  expect(piece?.left).toBeCloseTo((strip?.left ?? 0) + (6 / 16) * (strip?.width ?? 0), 0);
  await act(async () => audio.finish());
  expect(lit()).toEqual([]);

  const wanted = window.matchMedia.bind(window);
  vi.stubGlobal('matchMedia', (query: string) => wanted(query.includes('reduced-motion') ? 'all' : query));
  await act(async () => root.render(null));
  await show(soundRun('mp3'), <BoardPanel />, puzzle(16));
  await press('Play the truth of sample 1');
  audio.pass(0.4);
  await act(async () => vi.waitFor(() => expect(lit()).toEqual(['6'])));
  expect(host.querySelector('.play-line')).toBeNull();
});

it('plays by keys on the row that has the focus', async () => {
  const run = soundRun('mp3');
  await show(run, <BoardPanel />, puzzle(16));
  await button('Play the truth of sample 3');
  const row = host.querySelectorAll<HTMLElement>('[role=group][tabindex]')[1];
  row.focus();
  expect(document.activeElement).toBe(row);
  const key = (name: string, more = {}) =>
    act(async () => {
      row.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...more }));
    });
  await key('3', { ctrlKey: true });
  expect(audio.given).toHaveLength(0);
  for (const [name, words] of [
    ['1', 'Sample 2, shuffled'],
    ['2', 'Sample 2, the placement: 1 hole silent'],
    ['3', 'Sample 2, the truth'],
  ]) {
    await key(name);
    expect(caption()).toBe(words);
  }
  expect(audio.given).toHaveLength(3);
  await key('3');
  expect(audio.given[2].stopped).not.toBeNull();
});

it('does not play pieces in a wrong order where they are too short to be heard', async () => {
  await show(soundRun('mp3', { seconds: 0.512, pieces: 32 }), <BoardPanel />, puzzle(32));
  await button('Play the truth of sample 1');
  expect(labels().some((label) => label?.includes('shuffled'))).toBe(false);
});

it.each([
  ['running', 16],
  ['patches', 40],
] as const)('plays what was painted of %s, and what the drawing itself tells', async (tokens, n) => {
  const run = soundRun('mae', { tokens });
  const mask = Uint8Array.from({ length: n }, (_, cell) => Number(cell % 2));
  const predicted = run.board.pixels.slice(0, run.board.width * run.board.height);
  const painted = { mask, predicted, error: 0.5 };
  await show(run, <BoardPanel />, { kind: 'painting', step: 2, borrowed: true, samples: [painted, painted, painted, painted] });
  await press('Play the original of sample 1');
  expect(farthest(audio.given[0].samples, run.waveform(0))).toBeLessThan(1e-6);
  await press('Play the original through 40 bands of sample 1');
  expect(caption()).toContain('its phase is made up');
  await press('Play the prediction of sample 1');
  await press('Play the prediction with the visible pieces of sample 1');
  expect(caption()).toContain('borrowed from the truth');
  // A perfect prediction sounds like what the bands themselves tell, and not like the waveform: no phase leaks.
  const [, through, prediction, pasted] = audio.given.map(({ samples }) => samples);
  expect(prediction).toEqual(through);
  expect(pasted).toEqual(through);
  const wave = run.waveform(0);
  const product = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  expect(Math.abs(product(through, wave)) / Math.sqrt(product(through, through) * product(wave, wave))).toBeLessThan(0.2);
  await press('Play what is left of sample 1');
  const power = (from: number, to: number): number =>
    product(audio.given[4].samples.slice(from, to), audio.given[4].samples.slice(from, to));
  expect(power(0, wave.length)).toBeGreaterThan(0);
  if (tokens === 'running') expect(power(1024 + 100, 2048 - 100)).toBe(0);
  expect(caption()).toBe(`Sample 1, masked${tokens === 'patches' ? ', through its bands' : ''}: ${n / 2} of ${n} pieces silent`);
});

it('plays latents, classes, thumbnails, mistakes and the sample of the attention map', async () => {
  const run = soundRun('supervised');
  const latent = {
    mask: new Uint8Array(16),
    target: new Uint8Array(48),
    predicted: new Uint8Array(48),
    cosine: new Float32Array(16),
  };
  await show(run, <BoardPanel />, { kind: 'latents', step: 2, samples: [latent, latent, latent, latent] });
  await press('Play the original of sample 1');
  await act(async () => root.render(null));
  const classified = { truth: 0, probabilities: new Float32Array(4).fill(0.25) };
  const mistakes = [{ picture: 2, truth: 0, answer: 1, confidence: 0.9 }];
  await show(
    run,
    <>
      <BoardPanel />
      <Thumbnails />
      <AttentionPanel />
      <MistakeGallery pictures={run.board} mistakes={mistakes} classes={['a', 'b']} />
    </>,
    { kind: 'classes', step: 2, samples: [classified, classified, classified, classified] },
  );
  await press('Play sample 2');
  await press('Play training sound 4');
  await press('Play mistake 1');
  await press('Play sample 1');
  expect(audio.given).toHaveLength(5);
  for (const [given, clip] of [0, 1, 3, 2, 0].entries()) {
    expect(farthest(audio.given[given].samples, run.waveform(clip))).toBeLessThan(1e-6);
  }
});

it('is silent once nobody looks, and lets the sound card go after a minute', async () => {
  await show(soundRun('mp3'), <BoardPanel />, puzzle(16));
  await button('Play the truth of sample 1');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const truth = await button('Play the truth of sample 1');
  await act(async () => truth.click());
  expect(audio.given).toHaveLength(1);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await act(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(audio.given[0].stopped).not.toBeNull();
  vi.advanceTimersByTime(59_000);
  expect(audio.contexts[0].state).toBe('running');
  vi.advanceTimersByTime(2000);
  expect(audio.contexts[0].state).toBe('closed');
  vi.restoreAllMocks();
  await act(async () => truth.click());
  expect(audio.contexts).toHaveLength(2);
});

it('says so where there is no loudspeaker, and lets it be saved all the same', async () => {
  const run = soundRun('mp3');
  await show(run, <BoardPanel />, puzzle(16));
  const truth = await button('Play the truth of sample 1');
  audio.unplug();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await act(async () => truth.click());
  expect(truth.getAttribute('aria-busy')).toBe('true');
  await act(async () => vi.advanceTimersByTime(4000));
  expect(truth.getAttribute('aria-busy')).toBeNull();
  expect(caption()).toContain('no loudspeaker or headphones');
  expect(usePlayer.getState().last?.samples).toEqual(run.waveform(0));
  expect(audio.given).toHaveLength(0);
});

it('makes no sound that is not wanted any more', async () => {
  const run = soundRun('mae');
  const painted = {
    mask: new Uint8Array(16),
    predicted: run.board.pixels.slice(0, run.board.width * run.board.height),
    error: 0.5,
  };
  await show(run, <BoardPanel />, { kind: 'painting', step: 2, borrowed: false, samples: [painted, painted, painted, painted] });
  const slow = await button('Play the prediction of sample 1');
  await act(async () => slow.click());
  expect(slow.getAttribute('aria-busy')).toBe('true');
  await press('Play the original of sample 2');
  await act(async () => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(audio.given).toHaveLength(1);
  expect(caption()).toBe('Sample 2, the original');
});
