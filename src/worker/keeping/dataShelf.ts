/** Samples that people brought, kept beside the runs that learn from them: `data/<key>.pix`. A browser shows no page the same files twice. */
import type { Fingerprint } from '../../data/fingerprint.ts';
import type { Dataset } from '../../data/samples.ts';
import { keyStart, restoreDataset, type StoredDataset } from '../../data/storedDataset.ts';
import type { FileStore, Path } from './fileStore.ts';

const FOLDER = 'data';
const ENDING = '.pix';
/** Larger sets are brought again. */
const MOST_BYTES = 512 * 2 ** 20;
/** Of what the browser has left: runs need room too. */
const MOST_SHARE = 0.25;

export class DataShelf {
  /** @param left bytes that the browser has left for this page; undefined where it does not say */
  constructor(
    private readonly files: FileStore,
    private readonly left: () => Promise<number | undefined>,
  ) {}

  /**
   * Keeps a set, unless it is there.
   *
   * @returns false when it is too large
   * @throws StorageFullError when the browser has no room for it after all
   */
  async keep({ key, bytes, header, body }: StoredDataset): Promise<boolean> {
    if (await this.files.has(pathOf(key))) return true;
    const left = await this.left();
    if (bytes > MOST_BYTES || (left !== undefined && bytes > MOST_SHARE * left)) return false;
    try {
      await this.files.write(pathOf(key), { header, body });
      return true;
    } catch (error) {
      await this.files.remove(pathOf(key));
      throw error;
    }
  }

  /**
   * Undefined when it is not there, or not whole.
   *
   * @param key null where the index does not know it
   * @param fingerprint of the files: enough to find them where the key is not known
   */
  async read(key: string | null, fingerprint: Fingerprint | undefined): Promise<Dataset | undefined> {
    const start = key ?? (fingerprint && keyStart(fingerprint));
    const found = start === undefined ? undefined : (await this.files.list([FOLDER])).find(({ name }) => name.startsWith(start));
    const bytes = found && (await this.files.read([FOLDER, found.name]));
    return bytes && restoreDataset(bytes);
  }

  /** Lets go of all sets but these. @returns bytes that this gives back */
  async keepOnly(keys: ReadonlySet<string>): Promise<number> {
    const unused = (await this.files.list([FOLDER])).filter(({ name }) => !keys.has(name.replace(ENDING, '')));
    for (const { name } of unused) await this.files.remove([FOLDER, name]);
    return unused.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

function pathOf(key: string): Path {
  return [FOLDER, key + ENDING];
}
