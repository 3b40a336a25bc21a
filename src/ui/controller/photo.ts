/** Files as the page is given them, and their names. */
import type { NamedFile } from '../../worker/protocol.ts';

/** "flowers/rose/1.jpg" -> "1.jpg". */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

interface PathCarrier {
  /** Set by `dropped.ts` for what was dropped: "/flowers/rose/1.jpg" or "./1.jpg". */
  path?: string;
  /** Why it cannot be read (`dropped.ts`). */
  problem?: string;
  /** Set by the browser for what a folder picker gave. */
  webkitRelativePath?: string;
}

/** A file with the path it had below the folder that was dropped or picked. */
export function nameFile(file: File & PathCarrier): NamedFile {
  const path = file.webkitRelativePath || file.path || file.name;
  const named = { path: path.replace(/^\.?\//, ''), file };
  return file.problem === undefined ? named : { ...named, problem: file.problem };
}
