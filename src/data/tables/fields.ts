/**
 * Cuts a table with a separator (CSV, TSV) into fields, by RFC 4180: a field in quotes may hold separators and line ends, and two quotes
 * in it stand for one. Only places are kept, so that a million rows take a few megabytes beside their text.
 */

const QUOTE = 34;
const LINE_END = 10;
const SPACE = 32;
/** Rows after which whoever waits is asked whether to go on. */
const ROWS_AT_ONCE = 1000;

/** Where the fields of a text stand. */
export class Fields {
  private starts = new Uint32Array(1024);
  private ends = new Uint32Array(1024);
  private rows = new Uint32Array(256);
  private fieldCount = 0;
  private rowCount = 0;
  /** Quotes within quotes that neither end a field nor stand in twos: taken as they are. */
  oddQuotes = 0;
  /** Row (from 0) whose last quote is opened and never closed. */
  unclosed: number | undefined;

  private constructor(
    readonly text: string,
    private readonly quoted: boolean,
  ) {}

  /**
   * Cuts a text; yields the share of it that is done.
   *
   * @param text with `\n` at the ends of its lines
   * @param separator one character; '' where a row is one field
   * @param most rows that are looked at; all unless told
   */
  static *reading(
    text: string,
    separator: string,
    quoted: boolean,
    most = Number.POSITIVE_INFINITY,
  ): Generator<number, Fields, void> {
    const fields = new Fields(text, quoted);
    const split = separator === '' ? -1 : separator.charCodeAt(0);
    let at = 0;
    while (at < text.length && fields.rowCount < most) {
      at = fields.readRow(at, split);
      if (fields.rowCount % ROWS_AT_ONCE === 0) yield at / text.length;
    }
    return fields;
  }

  /** Rows; blank lines are none. */
  get count(): number {
    return this.rowCount;
  }

  width(row: number): number {
    return (row + 1 < this.rowCount ? this.rows[row + 1] : this.fieldCount) - this.rows[row];
  }

  /** A field, without its quotes; nothing where the row has none there. */
  at(row: number, column: number): string {
    if (column >= this.width(row)) return '';
    const field = this.rows[row] + column;
    const start = this.starts[field];
    const value = this.text.slice(start, this.ends[field]);
    // What stands before a field is a separator or a line end, unless it is in quotes.
    return this.quoted && this.text.charCodeAt(start - 1) === QUOTE ? value.replaceAll('""', '"') : value;
  }

  /** @returns where the next row starts */
  private readRow(from: number, split: number): number {
    const { text, fieldCount: first } = this;
    let at = this.readField(from, split);
    while (at < text.length && text.charCodeAt(at) === split) at = this.readField(at + 1, split);
    const isBlank = this.fieldCount === first + 1 && text.slice(from, at).trim() === '';
    if (isBlank) this.fieldCount = first;
    else this.pushRow(first);
    return at + 1;
  }

  /** @returns where the separator or the line end behind the field stands */
  private readField(from: number, split: number): number {
    const { text } = this;
    let start = from;
    if (this.quoted) {
      while (start < text.length && text.charCodeAt(start) === SPACE) start++;
      if (text.charCodeAt(start) === QUOTE) return this.readQuoted(start + 1, split);
    }
    let end = from;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === split || code === LINE_END) break;
    }
    this.pushField(from, end);
    return end;
  }

  private readQuoted(from: number, split: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1) {
        this.unclosed ??= this.rowCount;
        this.pushField(from, text.length);
        return text.length;
      }
      if (text.charCodeAt(quote + 1) === QUOTE) at = quote + 2;
      else {
        let next = quote + 1;
        while (next < text.length && text.charCodeAt(next) === SPACE) next++;
        const code = text.charCodeAt(next);
        if (next >= text.length || code === split || code === LINE_END) {
          this.pushField(from, quote);
          return next;
        }
        this.oddQuotes++;
        at = quote + 1;
      }
    }
  }

  private pushField(start: number, end: number): void {
    if (this.fieldCount === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
    }
    this.starts[this.fieldCount] = start;
    this.ends[this.fieldCount++] = end;
  }

  private pushRow(first: number): void {
    if (this.rowCount === this.rows.length) this.rows = grown(this.rows);
    this.rows[this.rowCount++] = first;
  }
}

function grown(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
