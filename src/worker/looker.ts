/** Looks at the worker's run for the page: the board, rounds of measuring a piece at a time, attention maps. No step may be under way. */
import { BadDataError } from '../base/errors.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { FindQuery } from '../trainer/findNearest.ts';
import type { NoiseLevels } from '../trainer/memberNoise.ts';
import type { EvaluationReport } from '../trainer/reports.ts';
import type { Channel } from './channel.ts';
import { LookingPace } from './lookingPace.ts';
import type { TrainerCommand, TrainerEvent } from './protocol.ts';
import type { Session } from './session.ts';

export class Looker {
  readonly pace = new LookingPace();
  private evaluation: AsyncGenerator<EvaluationReport | undefined, void, void> | undefined;

  constructor(private readonly channel: Channel<TrainerEvent, TrainerCommand>) {}

  /** Whether a round of measuring is not done yet. */
  get underWay(): boolean {
    return this.evaluation !== undefined;
  }

  /** Begins a round, in place of one that is under way; a whole one where the run rests. */
  begin(session: Session, whole: boolean): void {
    this.evaluation = session.observer.evaluate(whole);
  }

  end(): void {
    this.evaluation = undefined;
  }

  /** One small piece of the current round; a new round begins when there is none. */
  async measure(session: Session): Promise<void> {
    const started = performance.now();
    this.evaluation ??= session.observer.evaluate(false);
    const { value, done } = await this.evaluation.next();
    if (done) this.evaluation = undefined;
    else if (value !== undefined) this.channel.send({ type: 'evaluation', run: session.id, evaluation: value });
    this.pace.countLooking(performance.now() - started);
  }

  async showBoard(session: Session): Promise<void> {
    const started = performance.now();
    this.channel.send({ type: 'board', run: session.id, board: await session.observer.board(session.boardSamples()) });
    this.pace.boardShown(performance.now() - started);
  }

  /** @throws BadDataError when the board has no such sample, or the run no encoder of that sense */
  async inspect(session: Session, request: number, sample: number, sense?: Sense): Promise<void> {
    const pictures = session.boardSamples();
    if (sample < 0 || sample >= pictures.count) throw new BadDataError('That sample is not on the board any more.');
    const attention = await session.observer.inspect(pictures, sample, sense);
    this.channel.send({ type: 'attention', run: session.id, request, attention }, [attention.maps.buffer as ArrayBuffer]);
  }

  async fill(session: Session, request: number, ids: Int32Array, mask: Uint8Array): Promise<void> {
    const step = session.run.steps;
    const filled = await session.observer.fill(ids, mask);
    this.channel.send({ type: 'filled', run: session.id, request, step, filled });
  }

  async answer(session: Session, request: number, sample: number, noise: NoiseLevels): Promise<void> {
    const answer = await session.observer.answer(session.boardSamples(), sample, noise);
    this.channel.send({ type: 'answered', run: session.id, request, answer });
  }

  async find(session: Session, request: number, query: FindQuery): Promise<void> {
    const found = await session.observer.find(query, session.boardSamples());
    this.channel.send({ type: 'found', run: session.id, request, found });
  }
}
