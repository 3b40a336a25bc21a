/** How often a run is looked at while it trains: the board in its own rhythm, measuring in a fixed share of the time. */

/** The board is redrawn this often, */
const BOARD_EVERY_MS = 500;
/** and no more often than leaves it this share of the time. */
const BOARD_SHARE = 0.1;
/** Share of the time that measuring may take, the board left out. */
const LOOKING_SHARE = 0.2;

export class LookingPace {
  private trained = 0;
  private looked = 0;
  private nextBoard = 0;

  /** Forgets the past: time since the last start counts. */
  restart(): void {
    this.trained = 0;
    this.looked = 0;
  }

  countTraining(milliseconds: number): void {
    this.trained += milliseconds;
  }

  countLooking(milliseconds: number): void {
    this.looked += milliseconds;
  }

  /** Whether a piece of measuring has its turn. */
  mayLook(): boolean {
    return this.looked < LOOKING_SHARE * (this.trained + this.looked);
  }

  boardIsDue(): boolean {
    return performance.now() >= this.nextBoard;
  }

  /** Something changed that the board should show at once. */
  hurryBoard(): void {
    this.nextBoard = 0;
  }

  /** @param took milliseconds that making the board took */
  boardShown(took: number): void {
    this.nextBoard = performance.now() + Math.max(BOARD_EVERY_MS, took / BOARD_SHARE);
  }
}
