/** The board of a model that fills words in, with the page's store and a trainer that answers. */
import { Tooltip } from 'radix-ui';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/board.css';
import '../../../src/ui/styles/panels.css';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import type { WordSample } from '../../../src/trainer/reports.ts';
import { ControllerContext } from '../../../src/ui/controller/context.ts';
import { startController } from '../../../src/ui/controller/controller.ts';
import { BoardPanel } from '../../../src/ui/panels/BoardPanel.tsx';
import { withFrame } from '../../../src/ui/store/board.ts';
import { update } from '../../../src/ui/store/store.ts';
import { forgetStories, type } from '../../../src/ui/text/editing.ts';
import { Story } from '../../../src/ui/text/Story.tsx';
import type { TrainerCommand } from '../../../src/worker/protocol.ts';
import { type FakeWorkplace, fakeWorkplace, runInfo } from '../fakes.ts';
import { idOf, TEXTS, textInfo, wordSample } from './textRun.ts';

let host: HTMLElement;
let root: Root;
let workplace: FakeWorkplace;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  host = document.createElement('div');
  host.style.width = '700px';
  document.body.append(host);
  root = createRoot(host);
});

afterEach(async () => {
  await act(async () => root.unmount());
  host.remove();
  type('');
  forgetStories();
  vi.unstubAllGlobals();
});

/** Masks "red" (3) and "barn" (7) of the first text, and "back" (9) of the second. */
function samples(first: string): WordSample[] {
  return [wordSample(TEXTS[0], { 3: first, 7: 'mill' }), wordSample(TEXTS[1], { 9: 'back' })];
}

async function frame(step: number, first: string): Promise<void> {
  const report = { kind: 'cloze' as const, step, samples: samples(first) };
  await act(async () => update(workplace.store, 'board', (board) => withFrame(board, report, false, 0.3)));
}

async function show(): Promise<void> {
  workplace = fakeWorkplace();
  const controller = startController(workplace.store, workplace, '');
  const info = textInfo(runInfo(withObjective(defaultRun(), 'simmim')));
  update(workplace.store, 'run', (run) => ({ ...run, info, phase: 'paused' }));
  await frame(0, 'the');
  await act(async () =>
    root.render(
      <ControllerContext value={controller}>
        <Tooltip.Provider>
          <BoardPanel />
        </Tooltip.Provider>
      </ControllerContext>,
    ),
  );
  await vi.waitFor(() => expect(host.querySelectorAll('.story')).toHaveLength(2));
  workplace.trainer.take();
}

function story(index: number): HTMLElement {
  return host.querySelectorAll<HTMLElement>('.story-row:not(.own-story) .story')[index];
}

function word(index: number, place: number): HTMLElement {
  const found = story(index).querySelector<HTMLElement>(`[data-place="${place}"]`);
  if (found === null) throw new Error(`no word at ${place}`);
  return found;
}

/** Of a gap, as it is heard. */
function nameOf(gap: Element | null): string | undefined {
  return gap?.querySelector('.visually-hidden')?.textContent;
}

function questions(): Extract<TrainerCommand, { type: 'fill' }>[] {
  return workplace.trainer.take().filter((command) => command.type === 'fill');
}

async function answers(filled: WordSample): Promise<void> {
  await act(async () => workplace.trainer.tells({ type: 'filled', step: 0, filled }));
}

const maskedPlaces = ({ mask }: { mask: Uint8Array }): number[] => [...mask].flatMap((one, place) => (one === 1 ? [place] : []));

describe('the board of masked words', () => {
  it('tells how each story stands', async () => {
    await show();
    await expect.element(page.getByRole('group', { name: 'Sample 1', exact: true })).toHaveTextContent('0 of 2 words right');
    await expect.element(page.getByRole('group', { name: 'Sample 2', exact: true })).toHaveTextContent('1 of 1 word right');
  });

  it('changes its guesses in place as training time is gone through', async () => {
    await show();
    await frame(100, 'red');
    expect(nameOf(word(0, 3))).toBe('blank 1, guess red, right');
    await act(async () => update(workplace.store, 'board', (board) => ({ ...board, cursor: 0 })));
    expect(nameOf(word(0, 3))).toBe('blank 1, guess the, wrong');
  });

  it('asks the model about the masks that the visitor chooses, several at once, and takes them back', async () => {
    await show();
    await act(() => userEvent.click(word(0, 4)));
    const [asked] = questions();
    expect(maskedPlaces(asked)).toEqual([3, 4, 7]);
    await answers(wordSample(TEXTS[0], { 3: 'red', 4: 'hammock', 7: 'barn' }));
    expect(nameOf(word(0, 4))).toBe('blank 2, guess hammock, right');
    await act(() => userEvent.click(word(0, 7)));
    expect(maskedPlaces(questions()[0])).toEqual([3, 4]);
    await act(() => userEvent.click(page.getByRole('button', { name: 'your masks: take them back' })));
    expect(word(0, 4).textContent).toBe('hammock');
    expect(nameOf(word(0, 3))).toBe('blank 1, guess the, wrong');
  });

  it('asks again when the weights have changed, and drops an answer to other masks', async () => {
    await show();
    await act(() => userEvent.click(word(1, 4)));
    questions();
    await frame(10, 'the');
    expect(questions()).toHaveLength(1);
    await act(() => userEvent.click(word(1, 6)));
    const [{ request, mask }] = questions();
    expect(maskedPlaces({ mask })).toEqual([4, 6, 9]);
    const late = wordSample(TEXTS[1], { 4: 'mira', 9: 'back' });
    await act(async () => workplace.trainer.tells({ type: 'filled', request: request - 1, step: 0, filled: late }));
    expect(nameOf(word(1, 4))).toBe('blank 1, not guessed yet');
    await answers(wordSample(TEXTS[1], { 4: 'mira', 6: 'a', 9: 'back' }));
    expect(nameOf(word(1, 6))).toBe('blank 2, guess a, wrong');
  });

  it('asks where a gap looks, and what its neighbours would say, when somebody points at it', async () => {
    await show();
    await act(() => userEvent.hover(word(0, 3)));
    const [asked, ...more] = questions();
    expect(more).toEqual([]);
    expect(maskedPlaces(asked)).toEqual([3, 7]);
    const attended = new Float32Array(2 * 2 * 24).fill(0.01);
    attended[9] = 0.7;
    const neighbours = {
      ...{ guesses: Int32Array.of(idOf('was'), idOf('at')), probabilities: Float32Array.of(0.5, 0.5) },
      ofGuesses: new Float32Array(10),
    };
    const filled = { ...wordSample(TEXTS[0], { 3: 'the', 7: 'mill' }), attended, neighbours };
    await act(async () => workplace.trainer.tells({ type: 'filled', step: 0, filled }));
    await vi.waitFor(() => expect(document.querySelector('.guesses')?.textContent).toContain('both neighbours alone: was, 50 %'));
    expect(document.querySelector('.looked-at li')?.textContent).toMatch(/^layer 1karl/);
    // The weights are still the same.
    await act(() => userEvent.hover(word(0, 7)));
    expect(questions()).toEqual([]);
  });

  it('leaves earlier steps as they were', async () => {
    await show();
    await frame(100, 'red');
    await act(() => userEvent.click(word(0, 4)));
    questions();
    await act(async () => update(workplace.store, 'board', (board) => ({ ...board, cursor: 0 })));
    expect(word(0, 4).textContent).toBe('hammock');
    await act(() => userEvent.click(word(0, 5)));
    expect(questions()).toEqual([]);
  });
});

it('reads from the right what is written so, where its first word is masked and guessed in another script', async () => {
  workplace = fakeWorkplace();
  const controller = startController(workplace.store, workplace, '');
  const word = (id: number, text: string) => ({ id, text, gap: true, sentence: 0 });
  const guesses = [{ id: 9, word: 'the', probability: 0.5 }];
  const cloze = { words: [word(5, 'שלום'), word(6, 'עולם')], masked: new Set([0]), blanks: new Map([[0, { guesses }]]) };
  await act(async () =>
    root.render(
      <ControllerContext value={controller}>
        <Story name="Sample 1" cloze={cloze} onToggle={() => {}} />
      </ControllerContext>,
    ),
  );
  await vi.waitFor(() => expect(host.querySelector('.box')).not.toBeNull());
  expect(getComputedStyle(host.querySelector('.story') as HTMLElement).direction).toBe('rtl');
});

describe('a sentence of one’s own', () => {
  const own = (): HTMLElement => host.querySelector('.own-story') as HTMLElement;

  it('is read in the words of the model: unknown ones are underlined, gaps asked about', async () => {
    await show();
    await act(() => userEvent.fill(page.getByRole('textbox', { name: 'Your sentence' }), 'Mira had a zeppelin at the __ .'));
    const words = [...own().querySelectorAll<HTMLElement>('[data-place]')];
    expect(words.map(({ textContent }) => textContent).slice(0, 4)).toEqual(['Mira', 'had', 'a', 'zeppelin']);
    expect(words[3].dataset.unknown).toBe('true');
    expect(own().textContent).toContain('1 word not in the vocabulary');
    await vi.waitFor(() => expect(workplace.trainer.sent.some(({ type }) => type === 'fill')).toBe(true));
    const [asked] = questions();
    expect(maskedPlaces(asked)).toEqual([6]);
    expect([...asked.ids.subarray(0, 3)]).toEqual(['mira', 'had', 'a'].map(idOf));
    await answers(wordSample('mira had a zeppelin at the mill .', { 6: 'barn' }));
    // Nobody knows the word of a gap that was typed.
    expect(nameOf(own().querySelector('[data-place="6"]'))).toBe('blank 1, guess barn');
  });

  it('masks its words like those of any story', async () => {
    await show();
    await act(() => userEvent.fill(page.getByRole('textbox', { name: 'Your sentence' }), 'karl was a baker'));
    await act(async () => own().querySelector<HTMLElement>('[data-place="3"]')?.click());
    expect(maskedPlaces(questions()[0])).toEqual([3]);
    await answers(wordSample('karl was a baker', { 3: 'baker' }));
    expect(own().textContent).toContain('1 of 1 word right');
  });
});
