/** Files that the visitor brought, from the drop to the run that learns from them. The run goes on meanwhile. */
import { checkRun } from '../../config/check.ts';
import { LIMITS } from '../../config/limits.ts';
import type { RunConfig } from '../../config/run.ts';
import { withSetting } from '../../config/settings.ts';
import { loadOptions, sameOptions } from '../../data/files.ts';
import type { Dataset } from '../../data/pictures.ts';
import type { LoaderClient } from '../../worker/client.ts';
import type { LoaderEvent, LoadOptions, NamedFile } from '../../worker/protocol.ts';
import { NO_FILES } from '../store/files.ts';
import { nextProgress } from '../store/run.ts';
import { update } from '../store/store.ts';
import { notify } from './notices.ts';
import { baseName, isPhoto } from './photo.ts';
import type { RunController } from './runs.ts';
import type { Workplace } from './workplace.ts';

/** A data set that is being read: for which run, and from which files. */
interface Loading {
  id: number;
  files: readonly NamedFile[];
  options: LoadOptions;
  /** The run to start with it; absent for files just brought, which take the settings as they stand by then. */
  then?: (dataset: Dataset) => void;
}

export class FilesController {
  private loader: LoaderClient | null = null;
  private lastId = 0;
  private loading: Loading | null = null;
  /** The visitor's data set as files, to be read again at another size. */
  private kept: readonly NamedFile[] = [];
  private photo: NamedFile | null = null;
  private photoId = 0;

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
  ) {}

  /** Starts the run that learns from files just read; `before` are those that it replaces. */
  onDataset: (config: RunConfig, dataset: Dataset, before: readonly NamedFile[]) => void = () => {};

  /** Takes saved weights that were dropped. */
  onWeights: (name: string, file: Blob) => void = () => {};

  /** Which files `readAgain` reads. */
  keep(files: readonly NamedFile[]): void {
    this.kept = files;
  }

  /** One photo goes on the board, saved weights into the model; anything else becomes the data set. */
  add(files: readonly NamedFile[]): void {
    const [first] = files;
    if (first === undefined) {
      notify(this.workplace.store, 'error', 'There was no file in what you dropped. The current run goes on.');
    } else if (files.length === 1 && first.path.toLowerCase().endsWith('.safetensors')) {
      this.onWeights(baseName(first.path), first.file);
    } else if (files.length === 1 && isPhoto(first)) {
      this.photo = first;
      this.readPhoto();
    } else {
      this.read(files);
    }
  }

  learnFromPhoto(): void {
    if (this.photo !== null) this.read([this.photo]);
  }

  unpin(): void {
    this.photo = null;
    this.runs.pin(null);
    update(this.workplace.store, 'board', (board) => ({ ...board, photoName: null }));
  }

  /** Stops reading; what was there before stays. */
  cancel(): void {
    if (this.loading === null) return;
    this.loading = null;
    // A later load replaces one that is under way: an empty one stops it.
    this.client().send({ type: 'load', id: ++this.lastId, files: [], options: this.options() });
    update(this.workplace.store, 'files', (state) => ({ ...state, loading: null }));
  }

  /** Reads the visitor's files again, for a run whose picture size or seed differs from the last. */
  readAgain(config: RunConfig, then: (dataset: Dataset) => void): void {
    this.read(this.kept, loadOptions(config.data), then);
  }

  /** A new run may have another picture size, or forgotten the photo. */
  refreshPhoto(): void {
    const info = this.workplace.store.getState().run.info;
    if (this.photo !== null && info !== null && !info.pinned) this.readPhoto();
  }

  private readPhoto(): void {
    const info = this.workplace.store.getState().run.info;
    // Before the first run there is no size to read it at; `refreshPhoto` does it then.
    if (this.photo === null || info === null) return;
    this.photoId = ++this.lastId;
    const { size } = info.config.data;
    this.client().send({ type: 'photo', id: this.photoId, file: this.photo, size, channels: info.channels });
  }

  private read(files: readonly NamedFile[], options = this.options(), then?: (dataset: Dataset) => void): void {
    const id = ++this.lastId;
    this.loading = { id, files, options, ...(then === undefined ? {} : { then }) };
    const progress = { task: 'Opening files', done: 0, total: files.length, startedAt: performance.now() };
    update(this.workplace.store, 'files', (state) => ({ ...state, loading: progress }));
    this.client().send({ type: 'load', id, files: [...files], options });
  }

  private options(): LoadOptions {
    const { draft } = this.workplace.store.getState().settings;
    return loadOptions(draft.data);
  }

  private client(): LoaderClient {
    if (this.loader === null) {
      const loader = this.workplace.startLoader((message) => this.crashed(message));
      loader.listen((event) => {
        if (this.loader === loader) this.onEvent(event);
      });
      this.loader = loader;
    }
    return this.loader;
  }

  private onEvent(event: LoaderEvent): void {
    switch (event.type) {
      case 'progress':
        if (event.id === this.loading?.id) {
          update(this.workplace.store, 'files', (state) => ({
            ...state,
            loading: nextProgress(state.loading, event, performance.now()) ?? state.loading,
          }));
        }
        return;
      case 'loaded':
        if (event.id === this.loading?.id) this.onLoaded(this.loading, event);
        return;
      case 'photo':
        if (event.id === this.photoId) this.onPhoto(event);
        return;
      case 'error':
        this.onError(event);
        return;
      default:
        event satisfies never;
    }
  }

  private onLoaded(loading: Loading, { dataset, report }: Extract<LoaderEvent, { type: 'loaded' }>): void {
    const { store } = this.workplace;
    this.loading = null;
    const usable = dataset !== undefined || store.getState().files.usable;
    store.setState({ files: { loading: null, report, usable } });
    if (dataset === undefined) {
      const what = loading.files.length === 1 ? `${baseName(loading.files[0].path)} could not` : 'None of the files could';
      notify(store, 'error', `${what} be used: the reasons are listed under Data. The current run goes on.`);
      return;
    }
    const before = this.kept;
    this.kept = loading.files;
    if (loading.then !== undefined) loading.then(dataset);
    else this.learnFrom(dataset, loading.options, before);
  }

  /** Files just brought start a run with the settings as they stand now, which may have changed while they were read. */
  private learnFrom(dataset: Dataset, options: LoadOptions, before: readonly NamedFile[]): void {
    const { settings, run } = this.workplace.store.getState();
    const wanted = checkRun(settings.draft).length === 0 ? settings.draft : (run.info?.config ?? settings.draft);
    const config = withSetting(wanted, 'data.dataset', 'files');
    if (sameOptions(options, loadOptions(config.data))) this.onDataset(config, dataset, before);
    else this.readAgain(config, (again) => this.onDataset(config, again, before));
  }

  private onPhoto({ photo }: Extract<LoaderEvent, { type: 'photo' }>): void {
    const { store } = this.workplace;
    const info = store.getState().run.info;
    // The run changed while the photo was read: read it again at the new size.
    if (info === null || photo.size !== info.config.data.size || photo.channels !== info.channels) {
      this.readPhoto();
      return;
    }
    const photoName = this.photo === null ? null : baseName(this.photo.path);
    update(store, 'board', (board) => ({ ...board, pin: board.pin + 1, photoName }));
    this.runs.pin(photo);
  }

  private onError({ id, error }: Extract<LoaderEvent, { type: 'error' }>): void {
    const { store } = this.workplace;
    if (id === this.photoId && this.photo !== null) {
      const name = this.photo.path;
      this.photo = null;
      const refused = [{ name, reason: error.message }];
      update(store, 'files', (state) => ({ ...state, report: { used: 0, refused, notes: [] } }));
      notify(store, 'error', `${baseName(name)} could not be used: ${error.message} The current run goes on.`);
    } else if (id === this.loading?.id) {
      this.loading = null;
      update(store, 'files', (state) => ({ ...state, loading: null }));
      notify(store, 'error', `The files could not be read: ${error.message} The current run goes on.`);
    }
  }

  private crashed(message: string): void {
    this.loader = null;
    this.loading = null;
    update(this.workplace.store, 'files', (state) => ({ ...NO_FILES, usable: state.usable }));
    const cause = message === '' ? '' : ` (${message})`;
    const limit = LIMITS.pictures.toLocaleString('en-US');
    notify(
      this.workplace.store,
      'error',
      `Reading the files stopped${cause}; probably memory ran out. The current run goes on: try fewer files than ${limit}.`,
    );
  }
}
