/** Has files of weights read, each in a worker of its own: whoever chose one sees how far it is, and can stop it. */
import type { WeightsCommand, WeightsEvent } from '../../worker/protocol.ts';
import { update } from '../store/store.ts';
import type { Workplace } from './workplace.ts';

type Answer = Exclude<WeightsEvent, { type: 'progress' | 'error' }>;
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

  /** Stops the reading that is under way. */
  cancel(): void {
    this.stop?.();
  }

  private ask(file: string, command: WeightsCommand): Promise<Answer | null> {
    this.cancel();
    const { store } = this.workplace;
    const startedAt = performance.now();
    store.setState({ weights: { file, task: 'Opening the file', done: 0, total: 0, startedAt } });
    return new Promise((resolve, reject) => {
      const client = this.workplace.startWeights((message) => {
        const cause = message === '' ? '' : ` (${message})`;
        end(() => reject(new UnreadWeightsError(`Reading it stopped${cause}; probably memory ran out.`)));
      });
      const end = (tell: () => void): void => {
        client.end();
        this.stop = null;
        store.setState({ weights: null });
        tell();
      };
      this.stop = () => end(() => resolve(null));
      client.listen((event) => {
        if (event.type === 'error') end(() => reject(new UnreadWeightsError(event.error.message)));
        else if (event.type !== 'progress') end(() => resolve(event));
        else update(store, 'weights', (weights) => weights && { ...weights, ...progressIn(event) });
      });
      client.send(command);
    });
  }
}

function progressIn({ task, done, total }: Extract<WeightsEvent, { type: 'progress' }>) {
  return { task, done, total };
}
