/** The visitor's photo, or sound, on the board: read in the form of the run's samples, and again for every new one. */
import { MODALITIES, type ModalityName, modalityFacts, modalityOf } from '../../config/modalities.ts';
import { loadOptions } from '../../data/files.ts';
import type { Samples } from '../../data/samples.ts';
import { discard } from '../../worker/parcel.ts';
import type { NamedFile } from '../../worker/protocol.ts';
import type { KeptPhoto } from '../store/board.ts';
import { update } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { LoaderLink, Ticket } from './loaderLink.ts';
import { notify } from './notices.ts';
import { baseName } from './photo.ts';
import type { RunController } from './runs.ts';
import type { Workplace } from './workplace.ts';

/** A larger file is not written with the run, every few seconds while it trains. */
const MOST_KEPT_BYTES = 8 * 2 ** 20;

interface Pinned {
  file: NamedFile;
  kind: ModalityName;
  /** As it is kept, once it was read: one and the same for as long as it is pinned. */
  kept?: KeptPhoto | null;
}

export class PinController {
  private photo: Pinned | null = null;
  private reading: Ticket | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly loader: LoaderLink,
    private readonly runs: RunController,
    private readonly commands: CommandController,
  ) {
    runs.listen((event) => {
      // A new run may have another picture size, or forgotten the photo.
      // The boards of one that was gone back to are there again: `History` says whether they show this photo.
      if (event.type === 'run' && this.photo !== null && !event.info.pinned) this.read(undefined, event.cause === 'returned');
    });
  }

  get file(): NamedFile | null {
    return this.photo?.file ?? null;
  }

  /** @param learn what is done instead where so much is in the file that it makes a data set by itself */
  pin(file: NamedFile, kind: ModalityName, learn: () => void): void {
    this.photo = { file, kind };
    this.read(learn);
  }

  /** What was pinned before the page was loaded again; what is on the board by now stays. */
  pinAgain({ name, kind, bytes }: KeptPhoto): void {
    if (this.photo !== null) return;
    this.photo = { file: { path: name, file: new File([bytes], name) }, kind };
    this.read(undefined, true);
  }

  unpin(): void {
    this.forget();
    this.commands.pin(null);
    update(this.workplace.store, 'board', (board) => ({ ...board, photoName: null, photo: null }));
  }

  /** It comes back with the run. */
  private async keep(photo: Pinned): Promise<void> {
    const { path, file } = photo.file;
    if (photo.kept === undefined) {
      const bytes = file.size > MOST_KEPT_BYTES ? null : await file.arrayBuffer().catch(() => null);
      photo.kept = bytes && { name: baseName(path), kind: photo.kind, bytes: new Uint8Array(bytes) };
    }
    const { kept } = photo;
    if (photo === this.photo) update(this.workplace.store, 'board', (board) => ({ ...board, photo: kept }));
  }

  private forget(): void {
    this.photo = null;
    this.reading?.drop();
    this.reading = null;
  }

  /** @param isSame that earlier boards show: they are drawn with it */
  private read(learn?: () => void, isSame = false): void {
    const { info } = this.workplace.store.getState().run;
    const { photo } = this;
    // Before the first run there is no size to read it at: the run that comes reads it.
    if (photo === null || info === null) return;
    this.reading?.drop();
    const { newest } = this.runs;
    const { file, kind: modality } = photo;
    const options = loadOptions(info.config);
    const own = modalityFacts(info.config).words;
    this.reading = this.loader.ask<Samples>(
      (id, door) => ({ type: 'sample', id, file, modality, options, channels: info.board.channels, door }),
      (event, parcel) => {
        if (event.type === 'error') this.refuse(file, event.error.message);
        // Another run is there or on its way, perhaps of another form: with it the photo is read again.
        if (event.type !== 'sample' || newest !== this.runs.newest) return;
        this.reading = null;
        const isLong = event.isLong && learn !== undefined;
        const isOther = modality !== modalityOf(info.config);
        if (isLong || isOther) discard(parcel);
        if (isLong) {
          this.forget();
          learn();
          return;
        }
        if (isOther) {
          this.refuse(file, `is a ${MODALITIES[modality].words.sample}, and this run learns from ${own.samples}.`);
          return;
        }
        update(this.workplace.store, 'board', (board) => ({
          ...board,
          pin: isSame ? Math.max(1, board.pin) : board.pin + 1,
          photoName: baseName(file.path),
        }));
        void this.keep(photo);
        this.commands.pin(parcel);
      },
    );
  }

  private refuse({ path: name }: NamedFile, reason: string): void {
    const { store } = this.workplace;
    const modality = this.photo?.kind ?? 'picture';
    this.reading = null;
    // The one that is on the board stays.
    this.photo = null;
    update(store, 'files', (state) => ({
      ...state,
      report: { modality, used: 0, refused: [{ name, reason }], shortened: [], notes: [] },
    }));
    notify(store, 'error', `${baseName(name)} ${reason} The current run goes on.`);
  }
}
