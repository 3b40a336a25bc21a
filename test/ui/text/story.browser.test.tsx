/** A story as people use it: by pointer, by key, by finger. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/overlays.css';
import '../../../src/ui/styles/text.css';
import type { Cloze } from '../../../src/ui/text/cloze.ts';
import { Story } from '../../../src/ui/text/Story.tsx';
import { blank, clozeWith, placeOfWord } from './tale.ts';

let host: HTMLElement;
let root: Root;
const toggle = vi.fn();

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  host = document.createElement('div');
  host.style.width = '640px';
  document.body.append(host);
  root = createRoot(host);
  toggle.mockClear();
});

afterEach(async () => {
  await act(async () => root.unmount());
  host.remove();
  vi.unstubAllGlobals();
});

const red = placeOfWord('red', 1);
const back = placeOfWord('back');

async function show(cloze: Cloze): Promise<void> {
  await act(async () => root.render(<Story name="Sample 1" cloze={cloze} onToggle={toggle} />));
}

function two(first = 'red', second = 'up'): Cloze {
  return clozeWith([
    [red, blank(first, 'the')],
    [back, blank(second, 'at')],
  ]);
}

function word(place: number): HTMLElement {
  const found = host.querySelector<HTMLElement>(`[data-place="${place}"]`);
  if (found === null) throw new Error(`no word at ${place}`);
  return found;
}

const guesses = (): HTMLElement | null => document.querySelector('.guesses');

describe('a story with gaps', () => {
  it('is heard as a sentence, its words as buttons', async () => {
    await show(two());
    expect(host.querySelector('p')?.textContent).toContain('in the end the blank 2, guess red, right, hammock was');
    await expect.element(page.getByRole('button', { name: 'blank 1, guess up, wrong' })).toHaveAttribute('aria-pressed', 'true');
    await expect.element(page.getByRole('button', { name: 'mira' }).first()).toHaveAttribute('aria-pressed', 'false');
  });

  it('masks a word that is pressed, and shows one that was masked', async () => {
    await show(two());
    await act(() => userEvent.click(word(6)));
    await act(() => userEvent.click(word(red)));
    expect(toggle.mock.calls).toEqual([[6], [red]]);
  });

  it('is one stop for the tab key, and goes from word to word with the arrows', async () => {
    await show(two());
    await act(() => userEvent.tab());
    expect(document.activeElement).toBe(word(0));
    await act(() => userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}{Enter}{End} '));
    expect(toggle.mock.calls).toEqual([[1], [host.querySelectorAll('[data-place]').length - 1]]);
    expect(host.querySelectorAll('[data-place][tabindex="0"]')).toHaveLength(1);
  });

  it('shows the guesses of a gap that the pointer or the focus is on, with what its neighbours would say', async () => {
    await show(two());
    await act(() => userEvent.hover(word(back)));
    await vi.waitFor(() => expect(guesses()).not.toBeNull());
    expect(guesses()?.querySelectorAll('.guess')).toHaveLength(5);
    expect(guesses()?.textContent).toContain('both neighbours alone: at, 40 %');
    await act(() => userEvent.hover(word(0)));
    await vi.waitFor(() => expect(guesses()).toBeNull());
    await act(async () => word(red).focus());
    await vi.waitFor(() => expect(guesses()?.textContent).toContain('red60 %'));
    expect(word(red).getAttribute('aria-describedby')).toBe(guesses()?.id);
    await act(() => userEvent.keyboard('{Escape}'));
    await vi.waitFor(() => expect(guesses()).toBeNull());
  });

  it('joins a gap to the place where the same word can be seen', async () => {
    await show(two());
    await act(() => userEvent.hover(word(red)));
    await vi.waitFor(() => expect(host.querySelector('.joins path')).not.toBeNull());
    expect(word(placeOfWord('red')).dataset.same).toBe('true');
    await act(() => userEvent.hover(word(back)));
    await vi.waitFor(() => expect(host.querySelector('.joins path')).toBeNull());
  });

  it('does not move while guesses change', async () => {
    await show(two('a', 'a'));
    const before = [...host.querySelectorAll('[data-place]')].map((one) => JSON.stringify(one.getBoundingClientRect()));
    await show(two('hammock', 'brought'));
    const after = [...host.querySelectorAll('[data-place]')].map((one) => JSON.stringify(one.getBoundingClientRect()));
    expect(after).toEqual(before);
  });

  it('shows guesses at the first touch, and a button that takes the mask away', async () => {
    await show(two());
    await act(async () => {
      word(back).dispatchEvent(new PointerEvent('click', { bubbles: true, pointerType: 'touch' }));
    });
    expect(toggle).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(guesses()).not.toBeNull());
    await act(async () => guesses()?.querySelector('button')?.click());
    expect(toggle.mock.calls).toEqual([[back]]);
  });
});
