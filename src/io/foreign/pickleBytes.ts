/** The bytes of a pickle, taken one after the other; never beyond their end. */
import { CheckpointError } from '../../base/errors.ts';

export class PickleBytes {
  private readonly view: DataView;
  private readonly text = new TextDecoder('utf-8', { fatal: true });
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): Uint8Array {
    if (!(count >= 0) || this.at + count > this.bytes.length) throw refused('it is cut off');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  byte(): number {
    return this.take(1)[0];
  }

  uint16(): number {
    this.take(2);
    return this.view.getUint16(this.at - 2, true);
  }

  int32(): number {
    this.take(4);
    return this.view.getInt32(this.at - 4, true);
  }

  uint32(): number {
    this.take(4);
    return this.view.getUint32(this.at - 4, true);
  }

  uint64(): number {
    this.take(8);
    return Number(this.view.getBigUint64(this.at - 8, true));
  }

  /** The one number that pickles write with its highest byte first. */
  float64(): number {
    this.take(8);
    return this.view.getFloat64(this.at - 8, false);
  }

  string(length: number): string {
    try {
      return this.text.decode(this.take(length));
    } catch (error) {
      throw error instanceof CheckpointError ? error : refused('a text in it is not UTF-8');
    }
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) throw refused('it is cut off');
    const found = this.string(end - this.at);
    this.at = end + 1;
    return found;
  }

  /** Of two's complement, lowest byte first. */
  long(length: number): number {
    if (length > 64) throw refused('a number in it has more than 64 bytes');
    let value = 0n;
    for (const byte of this.take(length).toReversed()) value = (value << 8n) | BigInt(byte);
    return Number(BigInt.asIntN(Math.max(1, 8 * length), value));
  }
}

export function refused(reason: string): CheckpointError {
  return new CheckpointError(`The weights of this PyTorch file cannot be read: ${reason}.`);
}
