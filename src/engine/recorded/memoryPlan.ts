/** Where everything lies that a recorded step needs: one block of memory, in which places are taken again once nobody reads them. */

/** A piece of memory and when something of value is in it; times are whole numbers, both ends included. */
export interface Lifetime {
  bytes: number;
  from: number;
  to: number;
}

export interface MemoryPlan {
  /** For each lifetime, in their order, where in the block it lies. */
  offsets: number[];
  /** Of the block. */
  bytes: number;
}

/** A cache line: no two threads write to one at a time because two tensors share it. */
const ALIGNMENT = 64;

/**
 * Gives each lifetime a place that no other has at the same time. The largest choose first, each the lowest gap that it fits
 * ("greedy by size", Pisarchyk & Lee 2020, section 5).
 */
export function planMemory(lifetimes: readonly Lifetime[]): MemoryPlan {
  const offsets = lifetimes.map(() => 0);
  const placed: Placed[] = [];
  let bytes = 0;
  const order = lifetimes.map((_, i) => i).sort((a, b) => lifetimes[b].bytes - lifetimes[a].bytes || a - b);
  for (const i of order) {
    const { from, to, bytes: length } = lifetimes[i];
    const size = aligned(length);
    let start = 0;
    // In the order of their places.
    for (const other of placed) {
      if (other.from > to || other.to < from) continue;
      if (start + size <= other.start) break;
      start = Math.max(start, other.end);
    }
    offsets[i] = start;
    bytes = Math.max(bytes, start + size);
    const next = placed.findIndex((other) => other.start > start);
    placed.splice(next < 0 ? placed.length : next, 0, { from, to, start, end: start + size });
  }
  return { offsets, bytes };
}

interface Placed {
  from: number;
  to: number;
  start: number;
  end: number;
}

function aligned(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT;
}
