/** A model that is about to be taken home: what there is of it, how large that is, and what is chosen. */
import type { HomeEvent, OfferedPart } from '../../worker/protocol.ts';

export interface HomeState {
  /** What it is of, for people: "this run, step 1,240". */
  title: string;
  /** Of the folder in the zip, once the model is read. */
  name: string | null;
  parts: readonly OfferedPart[];
  /** Bytes of parts that are measured. */
  sizes: Readonly<Record<string, number>>;
  /** Ids of parts. */
  chosen: readonly string[];
  /** The file that is being packed; null when nothing is. */
  packing: string | null;
  problem: string | null;
}

/** Parts that nobody wants unless asked: a whole run is three times the weights, and what goes on from it is of use with it alone. */
const ASKED: readonly string[] = ['run', 'further'];

export function openedHome(title: string): HomeState {
  return { title, name: null, parts: [], sizes: {}, chosen: [], packing: null, problem: null };
}

/** What `event` makes of it. */
export function withHomeEvent(home: HomeState, event: HomeEvent): HomeState {
  switch (event.type) {
    case 'offered': {
      const { name, parts } = event;
      const there = parts.filter(({ refusal }) => refusal === null).map(({ id }) => id);
      return { ...home, name, parts, chosen: there.filter((id) => !ASKED.includes(id)) };
    }
    case 'measured':
      return { ...home, sizes: { ...home.sizes, [event.part]: event.bytes } };
    case 'packing':
      return { ...home, packing: event.path };
    case 'packed':
      return { ...home, packing: null };
    case 'error':
      return { ...home, packing: null, problem: event.error.message };
  }
  return event satisfies never;
}

export function withToggledPart(home: HomeState, id: string): HomeState {
  const chosen = home.chosen.includes(id) ? home.chosen.filter((other) => other !== id) : [...home.chosen, id];
  return { ...home, chosen };
}

/** Bytes of what is chosen; null while some of it is not measured. */
export function chosenBytes({ chosen, sizes }: HomeState): number | null {
  const known = chosen.flatMap((id) => sizes[id] ?? []);
  return known.length === chosen.length ? known.reduce((sum, bytes) => sum + bytes, 0) : null;
}
