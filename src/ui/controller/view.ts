/** How the board and the attention maps are looked at; nothing here changes the run. */
import type { Sense } from '../../config/modalities.ts';
import type { Placement } from '../canvas/jigsaw.ts';
import { lacks } from '../modalities/looked.ts';
import type { AttentionState } from '../store/attention.ts';
import { type AppStore, update } from '../store/store.ts';
import type { CommandController } from './commands.ts';

/** While it trains, attention maps are asked for this often; each costs the trainer a forward pass. */
const ATTENTION_MILLISECONDS = 2000;

export class ViewController {
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: AppStore,
    private readonly commands: CommandController,
  ) {
    // A new board means that the weights have changed, and with them what the heads attend to.
    store.subscribe((state, before) => {
      if (state.board.frames !== before.board.frames && state.board.frames.length > 0) this.refreshAttention();
    });
  }

  place(placement: Placement): void {
    update(this.store, 'board', (board) => ({ ...board, placement }));
  }

  showConfidence(showConfidence: boolean): void {
    update(this.store, 'board', (board) => ({ ...board, showConfidence }));
  }

  showArrows(showArrows: boolean): void {
    update(this.store, 'board', (board) => ({ ...board, showArrows }));
  }

  /** Looks at the board of frame `index`; the last one follows the run. */
  scrub(index: number): void {
    update(this.store, 'board', (board) => {
      const live = index >= board.frames.length - 1;
      return { ...board, cursor: live ? null : board.frames[index].report.step };
    });
  }

  goLive(): void {
    update(this.store, 'board', (board) => ({ ...board, cursor: null }));
  }

  /** Puts the news of a finished run away; a later end has news of its own. */
  seeEnd(): void {
    update(this.store, 'run', (run) => ({ ...run, endSeen: run.step }));
  }

  chooseHead(layer: number, head: number): void {
    this.chooseAttention({ layer, head });
  }

  chooseQuery(query: number): void {
    this.chooseAttention({ query });
  }

  /** Looks at another picture of the board; its maps have to be asked for. */
  choosePicture(sample: number): void {
    this.chooseAttention({ sample });
    this.inspect();
  }

  /** Looks at the heads of another sense's encoder. */
  chooseSense(sense: Sense): void {
    this.chooseAttention({ sense, query: 0 });
    this.inspect();
  }

  private refreshAttention(): void {
    const { run } = this.store.getState();
    // A kept run is drawn before the trainer has it.
    if (run.phase === 'opening') return;
    const soon = performance.now() - this.askedAt < ATTENTION_MILLISECONDS;
    if (run.phase === 'running' && soon) return;
    this.askedAt = performance.now();
    this.inspect();
  }

  private inspect(): void {
    const { run, attention } = this.store.getState();
    const { sample, sense } = attention;
    // There is nothing to look at.
    if (run.info === null || lacks(run.info, sense, sample)) return;
    this.commands.inspect(sample, sense);
  }

  private chooseAttention(change: Partial<AttentionState>): void {
    update(this.store, 'attention', (attention) => ({ ...attention, ...change }));
  }
}
