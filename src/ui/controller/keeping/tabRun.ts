/**
 * Which run is this tab's: `sessionStorage` outlives a reload, a crash and a discarded tab, and no other tab sees it. Where the browser gives none, a
 * reload begins anew.
 */

export interface TabRun {
  /** What it is kept under. */
  id: string;
  /** The query of the address that belongs to it: under another one the tab was sent elsewhere. */
  search: string;
  /** Whether it trained. */
  training: boolean;
  /** The last that was seen of it: its step, and when, in milliseconds since 1970. */
  step: number;
  seenAt: number;
}

const KEY = 'patchwork-run';

/** The run that this tab showed before it was loaded again; null in a fresh tab, and where somebody has followed a link. */
export function runOfTab(): TabRun | null {
  const run = read();
  return run !== null && cameBack(run) ? run : null;
}

export function rememberRun(run: TabRun | null): void {
  try {
    if (run === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(run));
  } catch {
    // No such storage, or a full one: a reload begins anew.
  }
}

/** Whether the browser threw the page away to save memory, and brought it back because somebody looks at it again. */
export function wasDiscarded(): boolean {
  return typeof document !== 'undefined' && 'wasDiscarded' in document && document.wasDiscarded === true;
}

/** The same entry of the tab's history once more; not a link that was followed, nor another entry gone back to. */
function cameBack({ search }: TabRun): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (navigation?.type === 'reload' || wasDiscarded()) return true;
  return navigation?.type === 'back_forward' && location.search === search;
}

function read(): TabRun | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return isTabRun(found) ? found : null;
  } catch {
    return null;
  }
}

function isTabRun(value: unknown): value is TabRun {
  if (typeof value !== 'object' || value === null) return false;
  const { id, search, training, step, seenAt }: Partial<Record<keyof TabRun, unknown>> = value;
  const isNamed = typeof id === 'string' && /^[0-9a-f]{32}$/.test(id) && typeof search === 'string';
  return isNamed && typeof training === 'boolean' && typeof step === 'number' && typeof seenAt === 'number';
}
