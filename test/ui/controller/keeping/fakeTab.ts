/** A tab of a browser, as far as keeping looks at it. */
import { vi } from 'vitest';

export interface FakeTab {
  /** What `sessionStorage` holds. */
  readonly session: Map<string, string>;
  hide(): void;
  /** The page goes. */
  go(): void;
}

/** @param navigation how the tab came to this page */
export function fakeTab(
  navigation: 'navigate' | 'reload' | 'back_forward' = 'navigate',
  session = new Map<string, string>(),
): FakeTab {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible', wasDiscarded: false });
  const window = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => session.get(key) ?? null,
    setItem: (key: string, value: string) => void session.set(key, value),
    removeItem: (key: string) => void session.delete(key),
  });
  vi.stubGlobal('location', { pathname: '/', hash: '', search: '?a=1' });
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type: navigation } as unknown as PerformanceEntry]);
  return {
    session,
    hide: () => {
      page.visibilityState = 'hidden';
      page.dispatchEvent(new Event('visibilitychange'));
    },
    go: () => void window.dispatchEvent(new Event('pagehide')),
  };
}
