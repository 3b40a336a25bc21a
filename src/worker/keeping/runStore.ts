/** The runs that this browser keeps: which there are, and what becomes of them. Used by the trainer, which writes, and by the page. */
import { NewerRunError } from '../../io/runFiles/versions.ts';
import { KeepingDatabase } from './database.ts';
import { DatabaseFiles } from './databaseFiles.ts';
import { DataShelf } from './dataShelf.ts';
import { entryOf, type ListedRecord, type RunEntry, readEntry } from './entries.ts';
import { type FileStore, StorageFullError } from './fileStore.ts';
import { OpfsFiles } from './opfsFiles.ts';
import { DamagedRunError, type KeptFile, type KeptHead, NotKeptError, RunFolder } from './runFolder.ts';
import { isRunId, newRunId } from './runId.ts';
import { DatabaseIndex, type RunIndex } from './runIndex.ts';
import { isLocked } from './runLock.ts';

/** Of other people's pages on the same host. */
const FOLDER = 'patchwork';
/** Unfinished runs beyond these make room, the oldest first. */
const MOST_UNFINISHED = 10;
/** Deleted runs can be brought back for so long. */
const UNDO_MILLISECONDS = 3_600_000;

/** @throws DOMException where this browser gives the page no place at all */
export async function openRunStore(): Promise<RunStore> {
  const database = new KeepingDatabase();
  await database.connect();
  const root = () => navigator.storage.getDirectory();
  // Absent over plain http, refused in some private windows.
  const hasFiles = await root().then(
    () => true,
    () => false,
  );
  const files = hasFiles
    ? new OpfsFiles(async () => (await root()).getDirectoryHandle(FOLDER, { create: true }))
    : new DatabaseFiles(database);
  return new RunStore(files, new DatabaseIndex(database));
}

export class RunStore {
  /** Samples that people brought, beside the runs that learn from them. */
  readonly data: DataShelf;

  constructor(
    private readonly files: FileStore,
    private readonly index: RunIndex,
    left: () => Promise<number | undefined> = bytesLeft,
  ) {
    this.data = new DataShelf(files, left);
  }

  folder(id: string): RunFolder {
    return new RunFolder(this.files, id);
  }

  // ---------------------------------------------------------------- reading

  /** Newest first, deleted ones too. `unreadable`: how many more there are that this version cannot show; they are left as they are. */
  async list(): Promise<{ runs: RunEntry[]; unreadable: number }> {
    const saved = await this.index.all();
    const runs = saved.map(readEntry).filter((entry) => entry !== undefined);
    return { runs: runs.toSorted((a, b) => b.savedAt - a.savedAt), unreadable: saved.length - runs.length };
  }

  async entry(id: string): Promise<RunEntry | undefined> {
    return readEntry(await this.index.get(id));
  }

  /**
   * A run as it was written last.
   *
   * @throws NotKeptError, DamagedRunError, NewerRunError, which the index knows from then on
   */
  async read(id: string, folder = this.folder(id)): Promise<KeptFile> {
    try {
      const file = await folder.read();
      // An index that was lost is made anew.
      if ((await this.entry(id)) === undefined) await this.noteWritten(id, file.record, file.bytes);
      return file;
    } catch (error) {
      if (error instanceof DamagedRunError) await this.change(id, { state: 'damaged' });
      if (error instanceof NewerRunError) await this.change(id, { state: 'newer' });
      if (error instanceof NotKeptError && (await this.entry(id))?.kind !== 'weights') await this.index.remove(id);
      throw error;
    }
  }

  /** What a run says of itself, quickly: enough to show it. Undefined when it is not there. @throws NewerRunError */
  readHead(id: string): Promise<KeptHead | undefined> {
    return this.folder(id).readHead();
  }

  /** The file as it is taken home: a run file, or one of weights. @throws NotKeptError, DamagedRunError, NewerRunError */
  async bytes(id: string): Promise<Uint8Array> {
    return this.folder(id).readBytes();
  }

  // ---------------------------------------------------------------- changing

  /** The newest file of a run was written. */
  noteWritten(id: string, record: ListedRecord, bytes: number, more: Partial<RunEntry> = {}): Promise<void> {
    return this.index.update(id, (before) => ({ ...entryOf(id, record, bytes, readEntry(before)), ...more }));
  }

  /** Its samples lie in this browser too. */
  noteSamples(id: string, data: string): Promise<void> {
    return this.change(id, { data });
  }

  /** Puts a file into the list: one that somebody brought, or an older version kept. @param entry what is known of it */
  async add(bytes: Uint8Array, entry: Omit<RunEntry, 'id' | 'bytes'>): Promise<RunEntry> {
    const added = { ...entry, id: newRunId(), bytes: bytes.length };
    await this.folder(added.id).writeBytes(bytes);
    await this.index.update(added.id, () => added);
    return added;
  }

  /** The same run once more, under an id of its own, which goes on by itself. */
  async duplicate(id: string, name: string): Promise<RunEntry> {
    const entry = await this.entry(id);
    if (entry === undefined) throw new NotKeptError();
    const copy = await this.add(await this.bytes(id), { ...entry, name, wanted: true });
    const board = await this.folder(id).readBoard();
    if (board !== undefined) await this.folder(copy.id).writeBoard(board);
    return copy;
  }

  rename(id: string, name: string): Promise<void> {
    return this.change(id, { name });
  }

  /** Keeps it until somebody deletes it. */
  want(id: string): Promise<void> {
    return this.change(id, { wanted: true });
  }

  /** What is measured of a run after it was written. */
  describe(id: string, page: RunEntry['page']): Promise<void> {
    return this.change(id, { page });
  }

  /** Deletes a run. For a while it can be brought back. @param now milliseconds since 1970 */
  remove(id: string, now: number): Promise<void> {
    return this.change(id, { deletedAt: now });
  }

  restore(id: string): Promise<void> {
    return this.change(id, { deletedAt: null });
  }

  /** Does away with what was deleted long enough ago. @param now milliseconds since 1970; Infinity for all of it */
  async purge(now: number): Promise<void> {
    for (const { id, deletedAt } of (await this.list()).runs) {
      if (deletedAt !== null && now - deletedAt >= UNDO_MILLISECONDS) await this.erase(id);
    }
  }

  // ---------------------------------------------------------------- room

  /** Lets go of the oldest unfinished runs beyond ten, but of none that a tab is writing. */
  async limit(): Promise<void> {
    const unfinished = (await this.list()).runs.filter(
      ({ kind, state, wanted, deletedAt }) => kind === 'run' && state === 'unfinished' && !wanted && deletedAt === null,
    );
    for (const { id } of unfinished.slice(MOST_UNFINISHED)) if (!(await isLocked(id))) await this.erase(id);
  }

  /**
   * Makes room where the browser has none: deleted runs, samples without a run, then the older files of finished runs.
   *
   * @param but the run that needs it
   * @returns whether there is more than before
   */
  async makeRoom(but: string): Promise<boolean> {
    const before = (await this.list()).runs;
    await this.purge(Number.POSITIVE_INFINITY);
    const { runs } = await this.list();
    const dropped = await this.data.keepOnly(new Set(runs.flatMap(({ data }) => data ?? [])));
    if (runs.length < before.length || dropped > 0) return true;
    let freed = 0;
    for (const { id, state, kind } of runs) {
      if (id === but || state !== 'finished' || kind !== 'run' || (await isLocked(id))) continue;
      freed += await this.folder(id)
        .dropOlder()
        .catch(() => 0);
    }
    return freed > 0;
  }

  /** Writes for a run, once more where other things could make room. @throws StorageFullError when there is none */
  async withRoom<T>(id: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StorageFullError)) throw error;
      // Without any room the browser does not even let itself be asked what lies there.
      const hasMore = await this.makeRoom(id).catch(() => false);
      if (!hasMore) throw error;
      return write();
    }
  }

  /** Brings the index in line with the runs that lie there: it may be lost without them. Returns how many it had not known. */
  async mend(): Promise<number> {
    const known = new Set((await this.index.all()).map((entry) => idOf(entry)));
    const lost = (await this.files.folders(['runs'])).filter((id) => isRunId(id) && !known.has(id));
    for (const id of lost) {
      const head = await this.readHead(id).catch(() => undefined);
      if (head !== undefined) await this.noteWritten(id, head.record, head.bytes);
    }
    return lost.length;
  }

  private async erase(id: string): Promise<void> {
    await this.folder(id).remove();
    await this.index.remove(id);
  }

  private change(id: string, changes: Partial<RunEntry>): Promise<void> {
    return this.index.update(id, (before) => {
      const entry = readEntry(before);
      return entry && { ...entry, ...changes };
    });
  }
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'id') : undefined;
}

/** As far as the browser says so. */
async function bytesLeft(): Promise<number | undefined> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  return quota === undefined ? undefined : quota - (usage ?? 0);
}
