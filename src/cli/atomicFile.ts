/** Files that others, and this program after a crash, find whole or as they were before. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { FileWriteError, messageOf } from '../base/errors.ts';

type Content = string | Uint8Array | readonly Uint8Array[];

/**
 * Writes a file in one go: beside it under another name, then renamed, each step on the disk before the next.
 *
 * @param content one after another where it is in parts
 * @throws FileWriteError when it cannot be; the file is then as it was
 */
export function writeAtomic(file: string, content: Content): void {
  const parts = typeof content === 'string' ? [Buffer.from(content)] : content instanceof Uint8Array ? [content] : content;
  try {
    // A device or a pipe is written to, not replaced; a link goes on pointing at the file that it names.
    if (existsSync(file) && !statSync(file).isFile()) writeParts(file, parts);
    else replace(existsSync(file) ? realpathSync(file) : file, parts);
  } catch (error) {
    throw new FileWriteError(`${file} could not be written (${messageOf(error)}). What it held is still there.`);
  }
}

/** Removes what processes left that died while they wrote `file`; nobody else may be writing it. */
export function removeUnfinished(file: string): void {
  const folder = path.dirname(file);
  const start = `${path.basename(file)}.tmp-`;
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(start) && /^\d+$/.test(name.slice(start.length))) rmSync(path.join(folder, name), { force: true });
  }
}

function replace(file: string, parts: readonly Uint8Array[]): void {
  const unfinished = `${file}.tmp-${process.pid}`;
  try {
    writeParts(unfinished, parts);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

function writeParts(file: string, parts: readonly Uint8Array[]): void {
  const open = openSync(file, 'w');
  try {
    for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(open, part, at);
    if (statSync(file).isFile()) fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/** The new name lasts too. Windows opens no folders, and keeps names by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const open = openSync(folder, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}
