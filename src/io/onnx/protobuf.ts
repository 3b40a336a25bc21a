/** Protocol buffers as bytes: as much of the wire format as an ONNX model needs (protobuf.dev/programming-guides/encoding). */
import { joinBytes } from '../../base/join.ts';

const utf8 = new TextEncoder();

/** How the bytes of a field say where they end. */
const WIRE = { varint: 0, length: 2, four: 5 } as const;

/** One message. Fields stand in the order in which they are written; what is large is kept by reference until `join`. */
export class Message {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  /** @param value a whole number; negative ones take ten bytes, as int64 has them */
  int(field: number, value: number | bigint): this {
    return this.tag(field, WIRE.varint).varint(value);
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.tag(field, WIRE.four).push(bytes);
  }

  string(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value));
  }

  /** @param value is not copied: it must stay as it is until `join` */
  bytes(field: number, value: Uint8Array): this {
    return this.tag(field, WIRE.length).varint(value.length).push(value);
  }

  message(field: number, write: (inner: Message) => void): this {
    const inner = new Message();
    write(inner);
    this.tag(field, WIRE.length).varint(inner.size);
    for (const part of inner.parts) this.push(part);
    return this;
  }

  join(): Uint8Array<ArrayBuffer> {
    return joinBytes(this.parts);
  }

  private tag(field: number, wire: number): this {
    return this.varint(field * 8 + wire);
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  private varint(value: number | bigint): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    do {
      const low = Number(rest % 128n);
      rest /= 128n;
      bytes.push(rest > 0n ? low + 128 : low);
    } while (rest > 0n);
    return this.push(Uint8Array.from(bytes));
  }

  private push(bytes: Uint8Array): this {
    this.parts.push(bytes);
    this.size += bytes.length;
    return this;
  }
}
