/**
 * What is kept of one run: two slots, of which the one that does not hold the newest whole file is written, and the board's history. A
 * browser that is killed while it writes tears the older one.
 */
import { CheckpointError, PatchworkError } from '../../base/errors.ts';
import { isRunFile, type RunFile, readRunFile, readRunFileHead } from '../../io/runFile.ts';
import type { RunRecord } from '../../io/runFiles/record.ts';
import { NewerRunError } from '../../io/runFiles/versions.ts';
import { asParts, type FileParts, type FileStore, type Path } from './fileStore.ts';

const SLOTS = ['a', 'b'] as const;
type Slot = (typeof SLOTS)[number];

/** Most files have a header of no more. */
const START_BYTES = 2 ** 18;
/** Boards beyond that are not kept. */
const MOST_BOARD_BYTES = 16 * 2 ** 20;
const OLDER = 'The newest save of this run was not whole, so it goes on from the one before.';

/** The newest whole file of a run. */
export interface KeptFile extends RunFile {
  /** What people should know of it, in a sentence; undefined when it is simply the newest. */
  notice: string | undefined;
  /** Of the file. */
  bytes: number;
}

/** What a run's newest file says of it, by its header. */
export interface KeptHead {
  record: RunRecord;
  sequence: number;
  bytes: number;
}

/** Nothing of a run is whole. It lies there under other names, to be taken home. */
export class DamagedRunError extends CheckpointError {
  override name = 'DamagedRunError';
}

/** Nothing is kept under an id. */
export class NotKeptError extends PatchworkError {
  override name = 'NotKeptError';

  constructor() {
    super('This run is not kept in this browser any more: it was deleted, or the browser’s data was cleared.');
  }
}

export class RunFolder {
  readonly path: Path;
  /** Holds the newest whole file, as far as it was read or written here. */
  private newest: Slot | undefined;

  constructor(
    private readonly files: FileStore,
    id: string,
  ) {
    this.path = ['runs', id];
  }

  /**
   * The newest whole file. When there is none, what is there gets other names and stays.
   *
   * @throws NotKeptError, DamagedRunError
   * @throws NewerRunError when a newer Patchwork wrote it: nothing is touched
   */
  async read(): Promise<KeptFile> {
    const heads = await this.heads();
    if (heads.length === 0 && (await this.damaged()).length === 0) throw new NotKeptError();
    const whole = heads.filter(({ head }) => head !== undefined);
    for (const { slot } of whole.toSorted((a, b) => sequenceOf(b) - sequenceOf(a))) {
      const file = await this.readSlot(slot);
      if (file === undefined) continue;
      this.newest = slot;
      const isNewest = heads.every(({ slot: other, head }) => other === slot || (head?.sequence ?? Infinity) < file.sequence);
      return { ...file, notice: isNewest ? undefined : OLDER };
    }
    await this.setAside();
    throw new DamagedRunError(
      'Nothing that is kept of this run is whole: the browser may have been stopped in a bad moment, or the disk is failing. It is left as it is, to be taken home.',
    );
  }

  /** What the newest file says, without reading its numbers: it may still turn out not to be whole. Undefined where there is none. */
  async readHead(): Promise<KeptHead | undefined> {
    const heads = (await this.heads()).flatMap(({ head }) => head ?? []);
    return heads.toSorted((a, b) => b.sequence - a.sequence)[0];
  }

  /** Of the newest file, which is not written over next; 0 where there is none. @throws NewerRunError */
  async newestSequence(): Promise<number> {
    const [newest] = (await this.heads()).toSorted((a, b) => sequenceOf(b) - sequenceOf(a));
    this.newest = newest?.slot;
    return newest === undefined ? 0 : sequenceOf(newest);
  }

  /** Whether what was written last is gone: somebody cleared the browser's data. */
  async isGone(): Promise<boolean> {
    return this.newest !== undefined && !(await this.files.has(this.pathOf(this.newest)));
  }

  /** @throws StorageFullError, StorageBusyError; the newest file is still whole then */
  async write(parts: FileParts): Promise<void> {
    const slot = this.newest === 'a' ? 'b' : 'a';
    await this.files.write(this.pathOf(slot), parts);
    this.newest = slot;
  }

  /** The file as it is, of a run or of weights. @throws NotKeptError, DamagedRunError, NewerRunError */
  async readBytes(): Promise<Uint8Array> {
    const weights = await this.files.read(this.weightsPath);
    if (weights !== undefined) return weights;
    await this.read();
    const bytes = this.newest && (await this.files.read(this.pathOf(this.newest)));
    if (bytes === undefined) throw new NotKeptError();
    return bytes;
  }

  /** A file that was whole elsewhere. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    if (isRunFile(bytes)) return this.write(asParts(bytes));
    return this.files.write(this.weightsPath, asParts(bytes));
  }

  /** Lets go of the older file. Returns the bytes that this gives back. */
  async dropOlder(): Promise<number> {
    await this.read();
    const older = this.newest === 'a' ? 'b' : 'a';
    const bytes = (await this.files.list(this.path)).find(({ name }) => name === `${older}.ckpt`)?.bytes ?? 0;
    await this.files.remove(this.pathOf(older));
    return bytes;
  }

  readBoard(): Promise<Uint8Array | undefined> {
    return this.files.read([...this.path, 'board.bin']);
  }

  /** Too large a board is not kept; the old one neither, for it is of other steps. */
  async writeBoard(board: Uint8Array): Promise<void> {
    const path = [...this.path, 'board.bin'];
    if (board.length > MOST_BOARD_BYTES) return this.files.remove(path);
    return this.files.write(path, asParts(board));
  }

  /** What is there of a damaged run. */
  async damaged(): Promise<{ name: string; bytes: Uint8Array }[]> {
    const names = (await this.files.list(this.path)).map(({ name }) => name).filter((name) => name.endsWith('.damaged'));
    const read = names.map(async (name) => ({ name, bytes: (await this.files.read([...this.path, name])) ?? new Uint8Array() }));
    return Promise.all(read);
  }

  /** Bytes of all that lies there. */
  async bytes(): Promise<number> {
    return (await this.files.list(this.path)).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  remove(): Promise<void> {
    this.newest = undefined;
    return this.files.remove(this.path);
  }

  private get weightsPath(): Path {
    return [...this.path, 'weights.safetensors'];
  }

  private pathOf(slot: Slot): Path {
    return [...this.path, `${slot}.ckpt`];
  }

  /** The slots that are there; one that is torn has no head. */
  private async heads(): Promise<{ slot: Slot; head: KeptHead | undefined }[]> {
    const found = await Promise.all(SLOTS.map(async (slot) => ({ slot, start: await this.readStart(this.pathOf(slot)) })));
    return found.flatMap(({ slot, start }) => (start === undefined ? [] : [{ slot, head: headIn(start) }]));
  }

  private async readStart(path: Path): Promise<Uint8Array | undefined> {
    const start = await this.files.readStart(path, START_BYTES);
    if (start === undefined || start.length < 8) return start;
    const header = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true) + 8n;
    // What announces more than anybody writes is torn, and is found out to be.
    return header <= start.length || header > 2n ** 27n ? start : this.files.readStart(path, Number(header));
  }

  private async readSlot(slot: Slot): Promise<Omit<KeptFile, 'notice'> | undefined> {
    const bytes = await this.files.read(this.pathOf(slot));
    return bytes && whole(() => ({ ...readRunFile(bytes), bytes: bytes.length }));
  }

  /** A disk that is full keeps them under the names that they have. */
  private async setAside(): Promise<void> {
    for (const slot of SLOTS) {
      const bytes = await this.files.read(this.pathOf(slot));
      if (bytes === undefined) continue;
      try {
        await this.files.write([...this.path, `${slot}.damaged`], asParts(bytes));
      } catch {
        continue;
      }
      await this.files.remove(this.pathOf(slot));
    }
  }
}

function headIn(start: Uint8Array): KeptHead | undefined {
  return whole(() => readRunFileHead(start));
}

function sequenceOf({ head }: { head: KeptHead | undefined }): number {
  return head?.sequence ?? 0;
}

/** @throws NewerRunError; what else is wrong makes it not whole */
function whole<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NewerRunError) throw error;
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}
