/** Takes a model home: reads it in a worker of its own, says what there is of it, and hands over the chosen parts as a zip. */
import type { HomeReport } from '../../home/part.ts';
import type { HomeClient } from '../../worker/client.ts';
import type { HomeEvent } from '../../worker/protocol.ts';
import { type HomeState, openedHome, withHomeEvent, withToggledPart } from '../store/home.ts';
import type { KeptRun } from '../store/runs.ts';
import type { CommandController } from './commands.ts';
import { download } from './download.ts';
import { reportOfKept, reportOfRun } from './homeReport.ts';
import type { Workplace } from './workplace.ts';

export class HomeController {
  private client: HomeClient | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly commands: CommandController,
  ) {}

  /**
   * The run under way as it is now. Training goes on meanwhile, and what is taken stays as it was.
   *
   * @param board a picture of the board, as PNG
   */
  async openRun(board?: Promise<Uint8Array | undefined>): Promise<void> {
    const { step } = this.workplace.store.getState().run;
    this.show(`This run, step ${step.toLocaleString('en')}`);
    const picture = await board?.catch(() => undefined);
    const bytes = await this.commands.weights('run');
    // Its curves up to the step that was saved.
    const report = reportOfRun(this.workplace.store.getState());
    if (bytes === null || report === null) this.close();
    else this.read(bytes, picture === undefined ? report : { ...report, board: picture });
  }

  async openKept(run: KeptRun, weights: () => Promise<Uint8Array | null>): Promise<void> {
    this.show(run.name);
    const bytes = await weights();
    if (bytes === null) this.close();
    else this.read(bytes, reportOfKept(run));
  }

  toggle(id: string): void {
    this.change((home) => withToggledPart(home, id));
  }

  pack(): void {
    const { home } = this.workplace.store.getState();
    if (home === null || home.packing !== null || this.client === null) return;
    this.change((open) => ({ ...open, packing: '', problem: null }));
    this.client.send({ type: 'pack', parts: home.chosen });
  }

  close(): void {
    this.client?.end();
    this.client = null;
    this.workplace.store.setState({ home: null });
  }

  private show(title: string): void {
    this.close();
    this.workplace.store.setState({ home: openedHome(title) });
  }

  private read(bytes: Uint8Array, report: HomeReport): void {
    // Closed while the run was saved.
    if (this.workplace.store.getState().home === null) return;
    const client = this.workplace.startHome((message) => this.crashed(message));
    this.client = client;
    client.listen((event) => {
      if (this.client === client) this.onEvent(event);
    });
    client.send({ type: 'open', bytes, report }, [bytes.buffer as ArrayBuffer]);
  }

  private onEvent(event: HomeEvent): void {
    this.change((home) => withHomeEvent(home, event));
    const { home } = this.workplace.store.getState();
    if (event.type === 'packed' && home !== null) download(event.zip, `${home.name ?? 'patchwork-model'}.zip`);
  }

  private crashed(message: string): void {
    const problem = message === '' ? 'This part of Patchwork could not be fetched: the server cannot be reached.' : message;
    this.change((home) => ({ ...home, packing: null, problem }));
  }

  private change(next: (home: HomeState) => HomeState): void {
    this.workplace.store.setState(({ home }) => (home === null ? {} : { home: next(home) }));
  }
}
