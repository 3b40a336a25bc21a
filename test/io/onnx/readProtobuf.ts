/** The fields of a message in protobuf's wire format, read with nothing of what wrote it. */

export interface Field {
  field: number;
  /** A varint, a 32-bit float, or the bytes of a text, a message or raw data. */
  value: bigint | number | Uint8Array;
}

export function readFields(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const field = tag >> 3;
    switch (tag & 7) {
      case 0:
        fields.push({ field, value: BigInt.asIntN(64, varint()) });
        break;
      case 2: {
        const length = Number(varint());
        if (at + length > bytes.length) throw new Error('a field ends behind its message');
        fields.push({ field, value: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      case 5:
        fields.push({ field, value: view.getFloat32(at, true) });
        at += 4;
        break;
      default:
        throw new Error(`wire type ${tag & 7}`);
    }
  }
  return fields;
}

/** All values of a field, in their order. */
export const bytesIn = (fields: readonly Field[], field: number): Uint8Array[] =>
  fields.flatMap((one) => (one.field === field && one.value instanceof Uint8Array ? [one.value] : []));
export const textsIn = (fields: readonly Field[], field: number): string[] =>
  bytesIn(fields, field).map((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
export const messagesIn = (fields: readonly Field[], field: number): Field[][] => bytesIn(fields, field).map(readFields);
export const numbersIn = (fields: readonly Field[], field: number): number[] =>
  fields.flatMap((one) => (one.field === field && !(one.value instanceof Uint8Array) ? [Number(one.value)] : []));
