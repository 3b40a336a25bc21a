/** Texts that are there more than once, so that none is counted twice or tested on after it was learned. */
import { crc32 } from '../../base/crc32.ts';
import { groupBy } from '../groupBy.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../samples.ts';
import type { Split } from '../splitWords.ts';
import { amountText } from '../wording.ts';

/** Something with texts that stay together. */
export interface Unit {
  texts: readonly string[];
  /** Where it stands, for people: "reviews.csv, row 14". */
  place: string;
  split: Split | undefined;
  className: string | undefined;
}

/**
 * Of units with the same words one remains, on the side of the test where it is on both. Case, spaces and forms of Unicode do not count.
 * What is left out is told.
 */
export async function withoutDoubles<U extends Unit>(units: readonly U[], refused: Refusal[], pace: Pace): Promise<U[]> {
  const dropped = new Map<U, U>();
  const prints = new Map<U, string>();
  for (const [i, unit] of units.entries()) {
    await pace.tick('Comparing texts', i, units.length);
    prints.set(unit, printOf(unit));
  }
  for (const group of groupBy(units, (unit) => prints.get(unit)).values()) {
    if (group.length === 1) continue;
    const kept = group.find(({ split }) => split === 'heldOut') ?? group[0];
    for (const unit of group) if (unit !== kept) dropped.set(unit, kept);
  }
  const remain = units.filter((unit) => !dropped.has(unit));
  // Both sides hold the same: that is no split.
  if (units.some(({ split }) => split === 'heldOut') && !remain.some(({ split }) => split !== 'heldOut')) {
    for (const unit of remain) unit.split = undefined;
  }
  tell([...dropped], refused);
  return remain;
}

/** Two different texts share it by chance once in 2^64 times. */
function printOf({ texts }: Unit): string {
  const normal = texts.map((text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()).join('\n');
  const bytes = new TextEncoder().encode(normal);
  return `${bytes.length}/${crc32(bytes)}/${hashOf(normal)}`;
}

/** Fowler, Noll and Vo's hash of UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function tell(pairs: readonly (readonly [Unit, Unit])[], refused: Refusal[]): void {
  const line = (some: typeof pairs, reason: string, counts: boolean): void => {
    const [[double, kept] = []] = some;
    if (double === undefined || kept === undefined) return;
    refused.push({
      name: amountText(some.length, 'text'),
      reason: `${reason} For instance ${double.place} equals ${kept.place}.`,
      sums: { modality: 'text', count: counts ? some.length : 0 },
    });
  };
  const leaks = pairs.filter(([double, kept]) => double.split !== 'heldOut' && kept.split === 'heldOut');
  line(leaks, 'taken out of training: test texts have the same words.', true);
  line(
    pairs.filter((pair) => !leaks.includes(pair)),
    'left out: others have the same words.',
    true,
  );
  // Told already: they are some of these.
  line(
    pairs.filter(([double, kept]) => double.className !== kept.className),
    'are of another class than those with the same words: the class of the one that is used counts.',
    false,
  );
}
