/** What studies and sweeps share: a worker of their own that does one thing and is ended, and training that rests meanwhile. */
import type { ErrorReport } from '../../base/errors.ts';
import type { BackendRequest } from '../../config/backends.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Dataset } from '../../data/samples.ts';
import type { Channel } from '../../worker/channel.ts';
import type { OnCrash } from '../../worker/client.ts';
import type { Parcel } from '../../worker/parcel.ts';
import type { AppStore } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { Experiment } from './experiment.ts';
import type { ReadFiles } from './files.ts';

interface WithFiles {
  files?: Parcel<Dataset>;
}

interface Parts<Command, Event> {
  store: AppStore;
  commands: Pick<CommandController, 'pause' | 'train'>;
  experiment: Pick<Experiment, 'own'>;
  start(onCrash: OnCrash): Channel<Command, Event> & { end(): void };
  hear(event: Event): void;
  /** The worker is gone with its work. */
  fail(error: ErrorReport): void;
}

export class StudyWorker<Command extends object, Event> {
  private client: (Channel<Command, Event> & { end(): void }) | null = null;
  /** Training was under way when the work began. */
  private goOn = false;
  private asked = 0;

  constructor(private readonly parts: Parts<Command, Event>) {}

  /** What training runs on. */
  get backend(): BackendRequest {
    return this.parts.store.getState().run.backend?.name ?? 'auto';
  }

  /** Something is to be begun. @returns whether it is still wanted: false once it was ended, or something else is asked for */
  ask(): () => boolean {
    const asked = ++this.asked;
    return () => asked === this.asked;
  }

  /**
   * Brings the visitor's files where the work is on them. Nothing is called any more once the work is not wanted.
   *
   * @param run whose form of samples they are read in; null where the work is on built-in samples
   */
  read(run: RunConfig | null, isWanted: () => boolean, then: (files?: ReadFiles) => void, unread: () => void): void {
    if (run === null) then();
    else
      this.parts.experiment.own.readAgain(run, (read) => {
        if (!isWanted()) return;
        if (read === null) unread();
        else then(read);
      });
  }

  begin(command: Command & WithFiles, files?: ReadFiles): void {
    this.goOn = this.parts.store.getState().run.wanted;
    if (this.goOn) this.parts.commands.pause();
    const client = this.parts.start((message) => this.parts.fail(crashReport(message)));
    this.client = client;
    client.listen((event) => {
      if (this.client === client) this.parts.hear(event);
    });
    if (files === undefined) client.send(command);
    else client.send({ ...command, files: files.parcel }, [files.parcel.port]);
  }

  /** Ends the work under way, or the wait for its files; training goes on. */
  end(): void {
    this.asked += 1;
    this.client?.end();
    this.client = null;
    if (this.goOn) this.parts.commands.train();
    this.goOn = false;
  }
}

interface Report {
  outcome: 'running' | 'stopped' | 'failed' | 'finished';
  /** Why it failed. */
  problem: string | null;
}

/** A report whose work has ended; one that had ended before stays as it is. */
export function ended<R extends Report>(
  report: R | null,
  outcome: 'stopped' | 'failed' | 'finished',
  problem: string | null,
): R | null {
  return report?.outcome === 'running' ? { ...report, outcome, problem: problem ?? report.problem } : report;
}

/** What is told where the worker of a study is gone with its work. @param message of the browser, often empty */
export function crashReport(message: string): ErrorReport {
  return { name: 'Error', message: `The work stopped${message === '' ? '' : ` (${message})`}; probably memory ran out.` };
}
