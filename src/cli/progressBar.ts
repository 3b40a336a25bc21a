/** A line at the bottom of a terminal that is drawn over and over. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const CELLS = 24;
/** More often than this nobody can read it. */
const MILLISECONDS_BETWEEN = 100;

export class ProgressBar {
  private visible = false;
  private lastDrawn = Number.NEGATIVE_INFINITY;

  /** Nothing is drawn on what is not a terminal. */
  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** `note` follows the numbers, e.g. the loss. Draws at most ten times a second, and always the end. */
  draw(task: string, done: number, total: number, note = ''): void {
    const time = this.now();
    if (!this.terminal.isTTY || (time - this.lastDrawn < MILLISECONDS_BETWEEN && done < total)) return;
    this.lastDrawn = time;
    const filled = total > 0 ? Math.round((CELLS * Math.min(done, total)) / total) : 0;
    const bar = '#'.repeat(filled) + '-'.repeat(CELLS - filled);
    const line = `${task}  ${bar}  ${done.toLocaleString('en')} / ${total.toLocaleString('en')}${note && `  ${note}`}`;
    // A line as wide as the terminal would wrap, and then could not be wiped. A terminal may say that it has 0 columns.
    this.terminal.write(`\r\x1b[K${line.slice(0, (this.terminal.columns || 80) - 1)}`);
    this.visible = true;
  }

  /** Wipes the line, so that something else can be printed. */
  clear(): void {
    if (this.visible) this.terminal.write('\r\x1b[K');
    this.visible = false;
    this.lastDrawn = Number.NEGATIVE_INFINITY;
  }
}

/** 72 s as "1:12". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const pair = (value: number): string => String(value).padStart(2, '0');
  return minutes < 60
    ? `${minutes}:${pair(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(whole % 60)}`;
}
