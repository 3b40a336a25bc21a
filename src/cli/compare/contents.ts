/** What lies behind a path, as a hash of names and bytes: a set of pictures is the same wherever it lies. */
import { createHash } from 'node:crypto';
import { readPath } from '../../data/nodeFiles.ts';

export class Contents {
  private readonly known = new Map<string, Promise<string>>();

  /** @throws BadDataError when nothing is there */
  of(place: string): Promise<string> {
    const hash = this.known.get(place) ?? hashOf(place);
    this.known.set(place, hash);
    return hash;
  }
}

async function hashOf(place: string): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readPath(place)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, file } of files) {
    hash.update(JSON.stringify([path, file.size]));
    for await (const piece of file.stream()) hash.update(piece);
  }
  return hash.digest('hex');
}
