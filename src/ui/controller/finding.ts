/** Looks for the things of other senses that are nearest to a sample of the board, or to what the visitor brings. */

import { messageOf } from '../../base/errors.ts';
import { PAIR_SECONDS, PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { type ModalityName, modalityOf } from '../../config/modalities.ts';
import { loadOptions } from '../../data/files.ts';
import type { Samples } from '../../data/samples.ts';
import type { FindCommand } from '../../worker/findQuery.ts';
import type { Parcel } from '../../worker/parcel.ts';
import type { LoadOptions, NamedFile, RunInfo } from '../../worker/protocol.ts';
import type { FindingState } from '../modalities/finding.ts';
import { update } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { LoaderLink } from './loaderLink.ts';
import { baseName } from './photo.ts';
import type { RunController } from './runs.ts';
import { Refusal } from './trainerLink.ts';
import type { Workplace } from './workplace.ts';

export class FindController {
  /** Counts the questions: the answer to an older one is not wanted any more. */
  private asked = 0;

  constructor(
    private readonly workplace: Workplace,
    private readonly loader: LoaderLink,
    private readonly commands: CommandController,
    runs: RunController,
  ) {
    // What was found was of other weights, perhaps among other samples.
    runs.listen((event) => {
      if (event.type === 'run') this.set({ found: null, problem: null, sample: 0 });
    });
  }

  /** Whether a file of one kind is something to look for here. */
  takes(kind: ModalityName): kind is 'picture' | 'sound' {
    const { info } = this.workplace.store.getState().run;
    if (info === null || modalityOf(info.config) !== 'pair' || info.config.task.objective !== 'contrastive') return false;
    return kind === 'picture' || kind === 'sound' ? info.board.members?.[kind] !== undefined : false;
  }

  /** Asks with something else. */
  look(change: Partial<Omit<FindingState, 'found' | 'problem'>>): void {
    this.set({ ...change, problem: null });
    void this.ask();
  }

  /** A file of the visitor's, beside what was brought before. */
  bring(kind: 'picture' | 'sound', file: NamedFile): void {
    this.look({ from: 'own', [kind]: file });
  }

  /** Once more, of the model as it is now. */
  readonly ask = async (): Promise<void> => {
    const asked = ++this.asked;
    const { info } = this.workplace.store.getState().run;
    if (info === null) return;
    try {
      const query = await this.queryOf(info);
      if (asked !== this.asked) return;
      const found = query === null ? null : await this.commands.find(query);
      if (asked === this.asked) this.set({ found, problem: null });
    } catch (error) {
      if (asked !== this.asked || (error instanceof Refusal && error.isOldNews)) return;
      this.set({ found: null, problem: messageOf(error) });
    }
  };

  /** Null where there is nothing to ask with yet. */
  private async queryOf(info: RunInfo): Promise<FindCommand | null> {
    const { from, sample, senses, picture, sound, text } = this.workplace.store.getState().finding;
    if (from === 'board') return senses.length === 0 ? null : { from, sample, senses };
    if (picture === null && sound === null && text.trim() === '') return null;
    const [seen, heard] = await Promise.all([
      picture && this.read(picture, 'picture', info),
      sound && this.read(sound, 'sound', info),
    ]);
    return { from, ...(seen && { picture: seen }), ...(heard && { sound: heard }), text };
  }

  /** In the form that the run's own members have. */
  private read(file: NamedFile, modality: 'picture' | 'sound', { config, board }: RunInfo): Promise<Parcel<Samples>> {
    const own = loadOptions(config);
    const isBuiltIn = config.data.dataset === 'pairs';
    const options: LoadOptions = isBuiltIn
      ? { ...own, modality, size: PAIR_SIZE, clip: { ...own.clip, seconds: PAIR_SECONDS, fewestSamples: 1 } }
      : { ...own, modality };
    const channels = board.members?.picture?.channels ?? 1;
    return new Promise((resolve, reject) => {
      this.loader.ask<Samples>(
        (id, door) => ({ type: 'sample', id, file, modality, options, channels, door }),
        (event, parcel) => {
          if (event.type === 'sample') resolve(parcel);
          else if (event.type === 'error') reject(new Error(`${baseName(file.path)} ${event.error.message}`));
        },
      );
    });
  }

  private set(change: Partial<FindingState>): void {
    update(this.workplace.store, 'finding', (state) => ({ ...state, ...change }));
  }
}
