import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Boundary } from '../../../src/ui/parts/Boundary.tsx';
import { lazyPart } from '../../../src/ui/parts/lazyPart.tsx';

let host: HTMLElement;
let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  host = document.createElement('div');
  document.body.append(host);
  // React tells of an error that no boundary caught by itself.
  root = createRoot(host, { onCaughtError: () => {} });
});

afterEach(async () => {
  await act(async () => root.unmount());
  host.remove();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('leaves the neighbours of a panel that breaks alive, and shows it again when asked', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  let whole = false;
  const Fragile = () => {
    if (!whole) throw new TypeError("Cannot read properties of undefined (reading 'length')");
    return <p>all is well</p>;
  };
  await act(async () =>
    root.render(
      <>
        <Boundary name="Curves">
          <Fragile />
        </Boundary>
        <Boundary name="Board">
          <p>the board</p>
        </Boundary>
      </>,
    ),
  );
  expect(host.textContent).toContain('the board');
  expect(host.querySelector('section[aria-label=Curves] [role=alert]')?.textContent).toContain('could not be drawn');
  expect(host.textContent).not.toContain('Cannot read properties');
  expect(told).toHaveBeenCalled();
  whole = true;
  await act(async () => host.querySelector('button')?.click());
  expect(host.textContent).toBe('all is wellthe board');
});

it('draws what comes late, says when it does not come, and tries again', async () => {
  let reachable = false;
  const Late = lazyPart(
    async () => {
      if (!reachable) throw new TypeError('Failed to fetch');
      return { default: ({ name }: { name: string }) => <p>{name} is here</p> };
    },
    { waiting: <p>waiting</p> },
  );
  await act(async () => root.render(<Late name="Compare" />));
  expect(host.querySelector('[role=alert]')?.textContent).toContain('The run goes on');
  reachable = true;
  await act(async () => host.querySelector('button')?.click());
  expect(host.textContent).toBe('Compare is here');
});
