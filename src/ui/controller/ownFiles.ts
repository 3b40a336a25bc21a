/** The visitor's files: those that were brought, or those that the trainer has from before the page was loaded; and either in another form. */
import type { RunConfig } from '../../config/run.ts';
import { loadOptions, sameOptions } from '../../data/files.ts';
import type { NamedFile } from '../../worker/protocol.ts';
import type { CommandController } from './commands.ts';
import type { FilesController, ReadFiles } from './files.ts';
import type { HeldFiles } from './history.ts';
import { notify } from './notices.ts';
import type { RunController } from './runs.ts';
import type { Workplace } from './workplace.ts';

/** Reads files where they lie, once the visitor lets it; null when he does not, or they are gone. */
export type ReadFromDisk = () => Promise<readonly NamedFile[] | null>;

const OTHER_FORM = 'This needs your files in another form, and this browser kept only what the run reads of them';
const NOT_READ = `${OTHER_FORM}. It knows where they lie, but they are not there any more, or it was not allowed to read them.`;

export class OwnFiles {
  private files: readonly NamedFile[] = [];
  /** Nobody has brought these since the page was loaded: an empty list each, and the kept run that learns from them. */
  private readonly kept = new WeakMap<readonly NamedFile[], string>();
  /** Finds the files of a kept run where they lie; null where nobody knows. Comes with what brings runs back. */
  findOnDisk: (id: string) => Promise<ReadFromDisk | null> = () => Promise.resolve(null);

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly commands: CommandController,
    private readonly reader: FilesController,
  ) {}

  get areThere(): boolean {
    return this.files.length > 0 || this.kept.has(this.files);
  }

  /** The files that settings of now are about. @returns those of before */
  take(files: readonly NamedFile[]): readonly NamedFile[] {
    const before = this.files;
    this.files = files;
    return before;
  }

  /** What a kept run learns from, as the trainer finds it by itself. */
  ofKept(id: string, config: RunConfig): HeldFiles {
    const files: readonly NamedFile[] = [];
    this.kept.set(files, id);
    return { files, options: loadOptions(config) };
  }

  /** Whether the trainer has them as `config` wants them. */
  areReadFor(config: RunConfig): boolean {
    const held = this.runs.files;
    return held !== null && held.files === this.files && sameOptions(held.options, loadOptions(config));
  }

  /** They once more, for a run of `config`, or what the trainer has read of them; null when that was not to be, and people know why. */
  readAgain(config: RunConfig, told: (read: ReadFiles | null) => void): void {
    const id = this.kept.get(this.files);
    if (id === undefined) this.reader.read(this.files, loadOptions(config), told);
    else if (this.areReadFor(config)) void this.borrow(config).then(told);
    else void this.readFromDisk(id).then((isDone) => (isDone ? this.readAgain(config, told) : told(null)));
  }

  private async borrow(config: RunConfig): Promise<ReadFiles | null> {
    const { files } = this;
    const lent = await this.commands.borrowFiles();
    return lent && { files, options: loadOptions(config), parcel: lent.parcel, ...lent.dataset };
  }

  /** A press of a button may be what the browser waits for. */
  private async readFromDisk(id: string): Promise<boolean> {
    const { store } = this.workplace;
    const { files } = this;
    const read = await this.findOnDisk(id).catch(() => null);
    const found = await read?.();
    // Others have been brought meanwhile.
    if (files !== this.files) return false;
    if (found != null && found.length > 0) {
      this.take(found);
      return true;
    }
    const again = async () => {
      if (await this.readFromDisk(id)) notify(store, 'info', 'The files are at hand again. Now ask for it once more.');
    };
    const action = read && { label: 'Read them again', run: () => void again() };
    notify(store, 'error', read === null ? `${OTHER_FORM}: add the files again.` : NOT_READ, {
      untilRun: true,
      ...(action && { action }),
    });
    return false;
  }
}
