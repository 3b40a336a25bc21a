import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { styleSingleton } from '../../../src/ui/parts/styleSingleton.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

it('lets styles hold while anybody uses them, and leaves nothing behind', () => {
  const Sheet = styleSingleton();
  const root = createRoot(document.createElement('div'));
  const show = (count: number, styles: string): void =>
    act(() =>
      root.render(
        Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
          <Sheet key={index} styles={styles} dynamic={true} />
        )),
      ),
    );
  const opacity = (): string => getComputedStyle(document.body).opacity;
  const before = document.adoptedStyleSheets.length;
  show(2, 'body { opacity: 0.5 }');
  expect(opacity()).toBe('0.5');
  show(1, 'body { opacity: 0.5 }');
  expect(opacity()).toBe('0.5');
  show(1, 'body { opacity: 0.25 }');
  expect(opacity()).toBe('0.25');
  show(0, '');
  expect(opacity()).toBe('1');
  expect(document.adoptedStyleSheets).toHaveLength(before);
});
