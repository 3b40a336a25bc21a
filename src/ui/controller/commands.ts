/** What the run under way is told and asked. */
import type { SettingValue } from '../../config/field.ts';
import type { Sense } from '../../config/modalities.ts';
import type { Dataset, Samples } from '../../data/samples.ts';
import type { NoiseLevels } from '../../trainer/memberNoise.ts';
import type { Found, NoisyAnswer } from '../../trainer/reports.ts';
import type { FindCommand } from '../../worker/findQuery.ts';
import { discard, newParcel, type Parcel } from '../../worker/parcel.ts';
import type { LoadedDataset } from '../../worker/protocol.ts';
import type { Filled } from '../modalities/extras.ts';
import { selectMeasurer } from '../store/selectors.ts';
import { type AppStore, update } from '../store/store.ts';
import { download, weightsName } from './download.ts';
import { notify } from './notices.ts';
import type { RunController } from './runs.ts';
import { Refusal } from './trainerLink.ts';

export class CommandController {
  constructor(
    private readonly store: AppStore,
    private readonly runs: RunController,
  ) {}

  train(): void {
    this.runs.want(true);
    this.runs.link.send({ type: 'train', run: this.runs.newest });
  }

  pause(): void {
    this.runs.want(false);
    this.runs.link.send({ type: 'pause' });
  }

  step(): void {
    this.runs.want(false);
    this.runs.link.send({ type: 'step', run: this.runs.newest });
  }

  /** True, and said, while times are being measured that training would falsify. */
  restsForMeasuring(): boolean {
    const measurer = selectMeasurer(this.store.getState());
    if (measurer === null) return false;
    const text = `${measurer} is measuring, and training would falsify its times. Stop it there, or wait until it is done.`;
    notify(this.store, 'info', text);
    return true;
  }

  /** One step with the time of every kernel; training pauses for it, and goes on. */
  async measureKernels(): Promise<void> {
    update(this.store, 'kernels', (kernels) => ({ ...kernels, measuring: true }));
    await this.measure(() => this.runs.link.ask('profile', (request) => ({ type: 'profile', run: this.runs.newest, request })));
    update(this.store, 'kernels', (kernels) => ({ ...kernels, measuring: false }));
  }

  /** Times what several masks of a picture save a data2vec run; training pauses for it, and goes on. */
  async measureMasks(): Promise<void> {
    update(this.store, 'run', (run) => ({ ...run, measuringMasks: true }));
    await this.measure(() =>
      this.runs.link.ask('measureMasks', (request) => ({ type: 'measureMasks', run: this.runs.newest, request })),
    );
    update(this.store, 'run', (run) => ({ ...run, measuringMasks: false }));
  }

  /**
   * A live setting.
   *
   * @param refused the run keeps the value it has
   */
  setLive(path: string, value: SettingValue, refused: () => void): void {
    const { newest } = this.runs;
    this.runs.link
      .ask('set', (request) => ({ type: 'set', run: newest, request, path, value }))
      .catch((error: unknown) => {
        this.explain(error);
        refused();
      });
  }

  pin(photo: Parcel<Samples> | null): void {
    const { link, newest: run } = this.runs;
    link.send({ type: 'pin', run, photo }, photo === null ? [] : [photo.port]);
  }

  /** @param sense whose encoder is looked at; null where there is one for all */
  inspect(sample: number, sense: Sense | null): void {
    const { link, newest: run } = this.runs;
    const of = sense === null ? {} : { sense };
    link.ask('inspect', (request) => ({ type: 'inspect', run, request, sample, ...of })).catch((error) => this.explain(error));
  }

  /** What the model of now puts into the masked places of a text; null when there is nobody to ask, and when the reason has been told. */
  readonly fill = async (ids: Int32Array, mask: Uint8Array): Promise<Filled | null> => {
    const { link, newest: run } = this.runs;
    try {
      const { step, filled } = await link.ask('fill', (request) => ({ type: 'fill', run, request, ids, mask }));
      return { step, filled };
    } catch (error) {
      this.explain(error);
      return null;
    }
  };

  /** What the model of now says of a sample of the board under noise; null as for `fill`. */
  readonly answer = async (sample: number, noise: NoiseLevels): Promise<NoisyAnswer | null> => {
    const { link, newest: run } = this.runs;
    try {
      return (await link.ask('answer', (request) => ({ type: 'answer', run, request, sample, noise }))).answer;
    } catch (error) {
      this.explain(error);
      return null;
    }
  };

  /** What is nearest to a question. @throws Refusal when there is no answer */
  async find(query: FindCommand): Promise<Found> {
    const { link, newest: run } = this.runs;
    const parcels = query.from === 'own' ? [query.picture, query.sound].filter((parcel) => parcel !== undefined) : [];
    const ports = parcels.map(({ port }) => port);
    return (await link.ask('find', (request) => ({ type: 'find', run, request, query }), ports)).found;
  }

  /** How often each word of the vocabulary comes in the training texts; null as for `fill`. */
  readonly countWords = async (): Promise<Uint32Array | null> => {
    const { link, newest: run } = this.runs;
    try {
      return (await link.ask('countWords', (request) => ({ type: 'countWords', run, request }))).counts;
    } catch (error) {
      this.explain(error);
      return null;
    }
  };

  /** A copy of the samples that somebody brought, on its way to whoever learns from them too; null as for `fill`. */
  async borrowFiles(): Promise<{ dataset: LoadedDataset; parcel: Parcel<Dataset> } | null> {
    const { link, newest: run } = this.runs;
    const { door, parcel } = newParcel<Dataset>();
    try {
      const { dataset } = await link.ask('lend', (request) => ({ type: 'lend', run, request, door }), [door.port]);
      return { dataset, parcel };
    } catch (error) {
      discard(parcel);
      this.explain(error);
      return null;
    }
  }

  /** @param what the run with all that training needs to go on, or its weights only */
  async save(what: 'run' | 'weights' = 'run'): Promise<void> {
    const { run } = this.store.getState();
    const name = weightsName(run.info?.config, run.step, what);
    const bytes = await this.weights(what);
    if (bytes !== null) download(bytes, name);
  }

  /** The run as it is now, as safetensors; null when there is nobody to ask, and when the reason has been told. */
  async weights(what: 'run' | 'weights' = 'run'): Promise<Uint8Array | null> {
    const { link, newest: run } = this.runs;
    try {
      return (await link.ask('save', (request) => ({ type: 'save', run, request, what }))).bytes;
    } catch (error) {
      this.explain(error);
      return null;
    }
  }

  private async measure(ask: () => Promise<unknown>): Promise<void> {
    const { wanted } = this.store.getState().run;
    const run = this.runs.newest;
    this.runs.want(false);
    try {
      await ask();
      const { phase } = this.store.getState().run;
      // Unless somebody has had another wish meanwhile.
      if (wanted && run === this.runs.newest && phase === 'paused') this.train();
    } catch (error) {
      this.explain(error);
    }
  }

  private explain(error: unknown): void {
    if (error instanceof Refusal && error.isOldNews) return;
    notify(this.store, 'error', error instanceof Error ? error.message : String(error), { untilRun: true });
  }
}
