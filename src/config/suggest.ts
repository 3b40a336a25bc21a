/** "Did you mean ...?" for a mistyped setting. */

/** How many letters may be wrong. */
const MOST_EDITS = 3;

/**
 * The path of `known` that a person most likely meant by `path`: the same name in another section or spelling
 * (`mask_ratio`), its initials (`lr`), or else the nearest spelling. `undefined` when nothing is near.
 */
export function suggest(path: string, known: readonly string[]): string | undefined {
  const meant = plain(path);
  const name = nameOf(meant);
  const sameName = known.find((candidate) => plain(nameOf(candidate)) === name || initials(nameOf(candidate)) === name);
  if (sameName !== undefined) return sameName;
  let nearest: string | undefined;
  let fewest = MOST_EDITS + 1;
  for (const candidate of known) {
    // The distance is at least the difference in length, which spares long hostile text the work.
    if (Math.abs(candidate.length - meant.length) >= fewest) continue;
    const edits = editDistance(meant, plain(candidate));
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

function plain(path: string): string {
  return path.toLowerCase().replace(/[-_]/g, '');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `learningRate` -> `lr`; `undefined` for a single word. */
function initials(name: string): string | undefined {
  const capitals = name.replace(/[^A-Z]/g, '').toLowerCase();
  return capitals === '' ? undefined : name[0] + capitals;
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, previous[j] + 1, row[j - 1] + 1));
    }
    previous = row;
  }
  return previous[b.length];
}
