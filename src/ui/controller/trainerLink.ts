/** The page's end of the trainer: sends commands, and brings every question and its answer together by its number. */
import type { ErrorReport } from '../../base/errors.ts';
import type { OnCrash, TrainerClient } from '../../worker/client.ts';
import type { TrainerCommand, TrainerEvent } from '../../worker/protocol.ts';

/** What each question is answered with. */
const ANSWERS = {
  save: 'saved',
  inspect: 'attention',
  fill: 'filled',
  answer: 'answered',
  find: 'found',
  countWords: 'wordCounts',
  lend: 'lent',
  profile: 'kernels',
  measureMasks: 'maskSaving',
  set: 'set',
  keepCopy: 'keptCopy',
} as const satisfies Partial<Record<TrainerCommand['type'], TrainerEvent['type']>>;

type Question = keyof typeof ANSWERS;
type AnswerTo<T extends Question> = Extract<TrainerEvent, { type: (typeof ANSWERS)[T] }>;

/** A question that has no answer: the trainer says why, or is gone itself. */
export class Refusal extends Error {
  constructor(readonly report: ErrorReport) {
    super(report.message);
    this.name = report.name;
  }

  /** The run that it was about has made place for another, or is lost: nobody needs to be told. */
  get isOldNews(): boolean {
    return this.report.name === 'RunGoneError';
  }
}

interface Asked {
  answer(event: TrainerEvent): void;
  refuse(report: ErrorReport): void;
}

export class TrainerLink {
  /** Hears of every command before it is sent. */
  before: ((command: TrainerCommand) => void) | null = null;
  private client: TrainerClient | null = null;
  private lastRequest = 0;
  private readonly asked = new Map<number, Asked>();

  /** @param onEvent gets every message but the errors that answer a question */
  constructor(
    private readonly start: (onCrash: OnCrash) => TrainerClient,
    private readonly onEvent: (event: TrainerEvent) => void,
    private readonly onCrash: OnCrash,
  ) {}

  get isOpen(): boolean {
    return this.client !== null;
  }

  open(): void {
    const client = this.start((message) => this.crashed(message));
    this.client = client;
    client.listen((event) => {
      if (this.client === client) this.receive(event);
    });
  }

  send(command: TrainerCommand, transfer: Transferable[] = []): void {
    this.before?.(command);
    this.client?.send(command, transfer);
  }

  /** @throws Refusal when there is no answer */
  ask<T extends Question>(
    type: T,
    make: (request: number) => Extract<TrainerCommand, { type: T }>,
    transfer: Transferable[] = [],
  ): Promise<AnswerTo<T>> {
    const request = ++this.lastRequest;
    return new Promise((resolve, reject) => {
      const refuse = (report: ErrorReport): void => reject(new Refusal(report));
      if (this.client === null) return refuse(GONE);
      const answer = (event: TrainerEvent): void => {
        if (isAnswer(type, event)) resolve(event);
      };
      this.asked.set(request, { answer, refuse });
      this.send(make(request), transfer);
    });
  }

  private receive(event: TrainerEvent): void {
    const request = event.type === 'error' ? event.about.request : 'request' in event ? event.request : undefined;
    const asked = request === undefined ? undefined : this.asked.get(request);
    if (request !== undefined) this.asked.delete(request);
    if (event.type === 'error' && asked !== undefined) {
      asked.refuse(event.error);
      return;
    }
    this.onEvent(event);
    asked?.answer(event);
  }

  /** The worker is gone with everything it held, and with what it was asked. */
  private crashed(message: string): void {
    this.client = null;
    const open = [...this.asked.values()];
    this.asked.clear();
    for (const { refuse } of open) refuse(GONE);
    this.onCrash(message);
  }
}

const GONE: ErrorReport = { name: 'RunGoneError', message: 'The trainer is not there.' };

function isAnswer<T extends Question>(type: T, event: TrainerEvent): event is AnswerTo<T> {
  return event.type === ANSWERS[type];
}
