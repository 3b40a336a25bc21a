/** Reads the visitor's files into data sets, which the loader sends on to whoever learns from them. The run goes on meanwhile. */
import { LIMITS } from '../../config/limits.ts';
import { optionsFor } from '../../data/files.ts';
import type { Dataset } from '../../data/samples.ts';
import type { Parcel } from '../../worker/parcel.ts';
import type { LoadedDataset, LoaderEvent, LoadOptions, NamedFile, OptionsByKind } from '../../worker/protocol.ts';
import { NO_FILES } from '../store/files.ts';
import { nextProgress } from '../store/run.ts';
import { update } from '../store/store.ts';
import type { LoaderLink, Ticket } from './loaderLink.ts';
import { notify } from './notices.ts';
import { baseName } from './photo.ts';
import type { BroughtFiles } from './runs.ts';
import type { Workplace } from './workplace.ts';

export interface ReadFiles extends BroughtFiles, LoadedDataset {}

/** Tells other samples apart, whether their files were read now or lent by the trainer. */
export function sayFiles({ name, fingerprint }: ReadFiles): string {
  return `${name}: ${JSON.stringify(fingerprint)}`;
}

/** A data set that is being read: from which files, and for whom. */
interface Reading {
  files: readonly NamedFile[];
  options: LoadOptions | OptionsByKind;
  ticket: Ticket;
  told: (read: ReadFiles | null) => void;
}

export class FilesController {
  private reading: Reading | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly loader: LoaderLink,
  ) {}

  /**
   * Reads files, in place of those that are being read.
   *
   * @param told gets the data set on its way; null, when people know why, if there is none or nobody waits for it any more
   */
  read(files: readonly NamedFile[], options: LoadOptions | OptionsByKind, told: (read: ReadFiles | null) => void): void {
    this.drop();
    const progress = { task: 'Opening files', done: 0, total: files.length, startedAt: performance.now() };
    update(this.workplace.store, 'files', (state) => ({ ...state, loading: progress }));
    const ticket = this.loader.ask<Dataset>(
      (id, door) => ({ type: 'load', id, files: [...files], options, door }),
      (event, parcel) => this.hear(event, parcel),
    );
    this.reading = { files, options, ticket, told };
  }

  /** Stops reading; what was there before stays. */
  cancel(): void {
    if (this.reading === null) return;
    this.loader.cancel();
    this.drop();
    update(this.workplace.store, 'files', (state) => ({ ...state, loading: null }));
  }

  /** Puts the list of refused files away; the notes on the samples that are used stay. */
  clearRefused(): void {
    update(this.workplace.store, 'files', (state) => ({
      ...state,
      report: state.report && { ...state.report, refused: [], shortened: [] },
    }));
  }

  /** The loader is gone with what it was reading. */
  crashed(message: string): void {
    this.drop();
    update(this.workplace.store, 'files', (state) => ({ ...NO_FILES, usable: state.usable }));
    const cause = message === '' ? '' : ` (${message})`;
    const limit = LIMITS.samples.toLocaleString('en-US');
    notify(
      this.workplace.store,
      'error',
      `Reading the files stopped${cause}; probably memory ran out. The current run goes on: try fewer files than ${limit}.`,
    );
  }

  private drop(): void {
    const { reading } = this;
    this.reading = null;
    reading?.ticket.drop();
    reading?.told(null);
  }

  private hear(event: LoaderEvent, parcel: Parcel<Dataset>): void {
    const { store } = this.workplace;
    switch (event.type) {
      case 'progress':
        update(store, 'files', (state) => ({
          ...state,
          loading: nextProgress(state.loading, event, performance.now()) ?? state.loading,
        }));
        return;
      case 'loaded':
        this.onLoaded(event, parcel);
        return;
      case 'error':
        update(store, 'files', (state) => ({ ...state, loading: null }));
        notify(store, 'error', `The files could not be read: ${event.error.message} The current run goes on.`, {
          untilRun: true,
        });
        this.drop();
        return;
      case 'sample':
        return;
      default:
        event satisfies never;
    }
  }

  private onLoaded({ dataset, report }: Extract<LoaderEvent, { type: 'loaded' }>, parcel: Parcel<Dataset>): void {
    const { store } = this.workplace;
    const { reading } = this;
    if (reading === null) return;
    this.reading = null;
    const { files, options, told } = reading;
    const usable = dataset !== undefined || store.getState().files.usable;
    store.setState({ files: { loading: null, report, usable } });
    if (dataset !== undefined) {
      told({ files, options: optionsFor(options, dataset.modality), parcel, ...dataset });
      return;
    }
    const what = files.length === 1 ? `${baseName(files[0].path)} could not` : 'None of the files could';
    notify(store, 'error', `${what} be used: the reasons are listed under Data. The current run goes on.`, { untilRun: true });
    told(null);
  }
}
