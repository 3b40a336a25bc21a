/** Reads bits, the highest of a byte first. */
export class BitReader {
  /** In bits. */
  position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Up to 33 bits as a number of at least 0. Past the end there are zeros; `check` finds out. */
  unsigned(bits: number): number {
    if (bits > 25) return this.unsigned(bits - 16) * 65_536 + this.unsigned(16);
    if (bits === 0) return 0;
    const value = (this.word() << (this.position & 7)) >>> (32 - bits);
    this.position += bits;
    return value;
  }

  /** Up to 33 bits in two's complement. */
  signed(bits: number): number {
    const value = this.unsigned(bits);
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }

  /** How many zeros there are before the next one, which is read too. Throws at the end. */
  zeros(): number {
    let count = 0;
    for (;;) {
      // 25 bits are certain to be in the word; the one behind them stops the count.
      const found = Math.clz32((this.word() << (this.position & 7)) | 0x40);
      if (found < 25) {
        this.position += found + 1;
        return count + found;
      }
      count += 25;
      this.position += 25;
      this.check();
    }
  }

  toNextByte(): void {
    this.position = (this.position + 7) & ~7;
  }

  /** Throws when more was read than there is. */
  check(): void {
    if (this.position > 8 * this.bytes.length) throw new Error('the bits ended early');
  }

  private word(): number {
    const { bytes } = this;
    const at = this.position >>> 3;
    return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
}
