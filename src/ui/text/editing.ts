/** What visitors mask, and what they type: the board itself does not change. */
import { create } from 'zustand';
import type { WordSample } from '../../trainer/reports.ts';
import type { Fill, Filled } from '../modalities/extras.ts';

/** A story of the board by its index, or the visitor's own. */
export type StoryKey = number | 'own';

export interface Edited {
  /** (n) */
  ids: Int32Array;
  masked: ReadonlySet<number>;
  /** The newest answer to these very masks; null until there is one. */
  filled: Filled | null;
}

interface EditingState {
  typed: string;
  stories: ReadonlyMap<StoryKey, Edited>;
  /** What masked words of stories of the board were found to attend to, by the index of the story. */
  looked: ReadonlyMap<number, Filled>;
}

export const useEditing = create<EditingState>()(() => ({ typed: '', stories: new Map(), looked: new Map() }));

/** While it trains, the model is asked this often; each question costs it a forward pass. */
const ASK_MILLISECONDS = 2000;
let askedAt = Number.NEGATIVE_INFINITY;

export function edit(fill: Fill, key: StoryKey, ids: Int32Array, masked: ReadonlySet<number>): void {
  setStory(key, { ids, masked, filled: null });
  void ask(fill, key);
}

/** The story as the board has it. */
export function forget(key: StoryKey): void {
  useEditing.setState(({ stories }) => ({ stories: new Map([...stories].filter(([known]) => known !== key)) }));
}

export function forgetStories(): void {
  useEditing.setState({ stories: new Map(), looked: new Map() });
}

export function type(typed: string): void {
  useEditing.setState({ typed });
}

/** Asks what the masked words of a story of the board attend to, unless the weights are still those of the last answer. */
export async function lookAt(fill: Fill, index: number, { ids, mask }: WordSample, step: number): Promise<void> {
  const known = useEditing.getState().looked.get(index);
  if (known?.step === step && known.filled.neighbours !== undefined && sameMask(known.filled.mask, mask)) return;
  const filled = await fill(ids, mask);
  if (filled !== null) useEditing.setState(({ looked }) => ({ looked: new Map(looked).set(index, filled) }));
}

/** Asks about every edited story once more: the weights have changed. */
export function refresh(fill: Fill, isRunning: boolean): void {
  if (isRunning && performance.now() - askedAt < ASK_MILLISECONDS) return;
  askedAt = performance.now();
  for (const key of useEditing.getState().stories.keys()) void ask(fill, key);
}

async function ask(fill: Fill, key: StoryKey): Promise<void> {
  const asked = useEditing.getState().stories.get(key);
  if (asked === undefined || asked.masked.size === 0) return;
  const mask = Uint8Array.from(asked.ids, (_, place) => (asked.masked.has(place) ? 1 : 0));
  const filled = await fill(asked.ids, mask);
  const now = useEditing.getState().stories.get(key);
  // Other masks have been chosen meanwhile: their own answer is under way.
  if (filled === null || now === undefined || now.masked !== asked.masked) return;
  setStory(key, { ...now, filled });
}

function setStory(key: StoryKey, story: Edited): void {
  useEditing.setState(({ stories }) => ({ stories: new Map(stories).set(key, story) }));
}

export function sameMask(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((one, place) => one === b[place]);
}
