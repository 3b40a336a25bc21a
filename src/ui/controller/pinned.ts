/** The visitor's photo on the board: read at the size of the run, and again for every new one. */
import type { Samples } from '../../data/samples.ts';
import type { NamedFile } from '../../worker/protocol.ts';
import { update } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { LoaderLink, Ticket } from './loaderLink.ts';
import { notify } from './notices.ts';
import { baseName } from './photo.ts';
import type { RunController } from './runs.ts';
import type { Workplace } from './workplace.ts';

export class PinController {
  private photo: NamedFile | null = null;
  private reading: Ticket | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly loader: LoaderLink,
    private readonly runs: RunController,
    private readonly commands: CommandController,
  ) {
    runs.listen((event) => {
      // A new run may have another picture size, or forgotten the photo.
      if (event.type === 'run' && this.photo !== null && !event.info.pinned) this.read();
    });
  }

  get file(): NamedFile | null {
    return this.photo;
  }

  pin(photo: NamedFile): void {
    this.photo = photo;
    this.read();
  }

  unpin(): void {
    this.forget();
    this.commands.pin(null);
    update(this.workplace.store, 'board', (board) => ({ ...board, photoName: null }));
  }

  private forget(): void {
    this.photo = null;
    this.reading?.drop();
    this.reading = null;
  }

  private read(): void {
    const { info } = this.workplace.store.getState().run;
    const { photo } = this;
    // Before the first run there is no size to read it at: the run that comes reads it.
    if (photo === null || info === null) return;
    this.reading?.drop();
    const { newest } = this.runs;
    const { size } = info.config.picture;
    this.reading = this.loader.ask<Samples>(
      (id, door) => ({ type: 'photo', id, file: photo, size, channels: info.board.channels, door }),
      (event, parcel) => {
        if (event.type === 'error') this.refuse(photo, event.error.message);
        // Another run is there or on its way, perhaps of another size: with it the photo is read again.
        if (event.type !== 'photo' || newest !== this.runs.newest) return;
        this.reading = null;
        update(this.workplace.store, 'board', (board) => ({ ...board, pin: board.pin + 1, photoName: baseName(photo.path) }));
        this.commands.pin(parcel);
      },
    );
  }

  private refuse({ path: name }: NamedFile, reason: string): void {
    const { store } = this.workplace;
    this.reading = null;
    // The one that is on the board stays.
    this.photo = null;
    update(store, 'files', (state) => ({ ...state, report: { used: 0, refused: [{ name, reason }], notes: [] } }));
    notify(store, 'error', `${baseName(name)} ${reason} The current run goes on.`);
  }
}
