/** Has files of weights read, each in a worker of its own: whoever chose one sees how far it is, and can stop it. Kept runs are read there too. */
import type { WeightsCommand, WeightsEvent } from '../../worker/protocol.ts';
import { update } from '../store/store.ts';
import type { Workplace } from './workplace.ts';

type Answer = Exclude<WeightsEvent, { type: 'progress' | 'error' }>;
type WeightsProgress = Extract<WeightsEvent, { type: 'progress' }>;
export type ReadWeights = Extract<WeightsEvent, { type: 'read' }>;

/** Why a file was not read, in a sentence for people. */
export class UnreadWeightsError extends Error {
  override name = 'UnreadWeightsError';
}

export class WeightsReader {
  private stop: (() => void) | null = null;

  constructor(private readonly workplace: Workplace) {}

  /**
   * @returns null when nobody waits for it any more
   * @throws UnreadWeightsError
   */
  async read(file: File): Promise<ReadWeights | null> {
    const answer = await this.ask(file.name, { type: 'read', file });
    return answer?.type === 'read' ? answer : null;
  }

  /**
   * Puts it among the kept runs.
   *
   * @returns what to know of it, in sentences; null when nobody waits for it any more
   * @throws UnreadWeightsError
   */
  async keep(file: File, name: string): Promise<readonly string[] | null> {
    const answer = await this.ask(file.name, { type: 'keep', file, name });
    return answer?.type === 'kept' ? answer.notes : null;
  }

  /**
   * For the run under way, as a file of ours.
   *
   * @returns null when nobody waits for it any more
   * @throws UnreadWeightsError
   */
  async bring(file: Blob, name: string): Promise<Uint8Array | null> {
    const answer = await this.ask(name, { type: 'bring', file });
    return answer?.type === 'bytes' ? answer.bytes : null;
  }

  /** The file of a kept run. @throws UnreadWeightsError */
  async open(id: string): Promise<Uint8Array> {
    const answer = await this.start({ type: 'open', id }, () => {}).answer;
    if (answer.type !== 'bytes') throw new UnreadWeightsError('Nothing came of it.');
    return answer.bytes;
  }

  /** The same, to be saved as a file. @throws UnreadWeightsError */
  async export(id: string): Promise<Blob> {
    const answer = await this.start({ type: 'export', id }, () => {}).answer;
    if (answer.type !== 'exported') throw new UnreadWeightsError('Nothing came of it.');
    return answer.file;
  }

  /** A kept run once more, under `name`. @throws UnreadWeightsError */
  async duplicate(id: string, name: string): Promise<void> {
    await this.start({ type: 'duplicate', id, name }, () => {}).answer;
  }

  /** Stops the reading that is under way. */
  cancel(): void {
    this.stop?.();
  }

  private async ask(file: string, command: WeightsCommand): Promise<Answer | null> {
    this.cancel();
    const { store } = this.workplace;
    const startedAt = performance.now();
    store.setState({ weights: { file, task: 'Opening the file', done: 0, total: 0, startedAt } });
    const { answer, end } = this.start(command, (event) =>
      update(store, 'weights', (weights) => weights && { ...weights, ...progressIn(event) }),
    );
    const stopped = new Promise<null>((resolve) => {
      this.stop = () => {
        end();
        this.stop = null;
        store.setState({ weights: null });
        resolve(null);
      };
    });
    const { stop } = this;
    try {
      return await Promise.race([answer, stopped]);
    } finally {
      // Another file may be read by now.
      if (this.stop === stop) stop?.();
    }
  }

  /** A worker that answers one command, and ends. */
  private start(command: WeightsCommand, onProgress: (event: WeightsProgress) => void): { answer: Promise<Answer>; end(): void } {
    let end = (): void => {};
    const answer = new Promise<Answer>((resolve, reject) => {
      const client = this.workplace.startWeights((message) => {
        const cause = message === '' ? '' : ` (${message})`;
        reject(new UnreadWeightsError(`Reading it stopped${cause}; probably memory ran out.`));
      });
      end = () => client.end();
      client.listen((event) => {
        if (event.type === 'progress') onProgress(event);
        else if (event.type === 'error') reject(new UnreadWeightsError(event.error.message));
        else resolve(event);
      });
      client.send(command);
    }).finally(() => end());
    return { answer, end };
  }
}

function progressIn({ task, done, total }: WeightsProgress) {
  return { task, done, total };
}
