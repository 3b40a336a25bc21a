/** Telling a single photo, which is pinned to the board, from files that make a data set. */
import type { NamedFile } from '../../worker/protocol.ts';

const PICTURE_NAME = /\.(jpe?g|jfif|png|apng|gif|webp|avif|bmp|ico|svg|tiff?|heic|heif|jxl)$/i;

export function isPhoto({ path, file }: NamedFile): boolean {
  return file.type.startsWith('image/') || PICTURE_NAME.test(path);
}

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
