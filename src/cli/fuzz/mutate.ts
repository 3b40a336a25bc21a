/** Files as nobody would write them. */
import type { Random } from '../../base/random.ts';

/** What stands in JSON where something else is meant. */
const NASTY: readonly string[] = [
  '-1',
  '0',
  '1e999',
  '1.5',
  '9007199254740992',
  '9007199254740993',
  '-9223372036854775808',
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '"\\u0000"',
  '"__proto__"',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '[[[[[[[[[[]]]]]]]]]]',
  `"${'a'.repeat(5000)}"`,
];

/** Bytes that were torn, flipped, moved or cut. */
export function mutateBytes(file: Uint8Array, random: Random): Uint8Array {
  // The `slice` of a Buffer of Node copies nothing.
  const bytes = new Uint8Array(file);
  const at = random.below(bytes.length);
  const length = 1 + random.below(Math.min(4096, bytes.length - at));
  const other = random.below(bytes.length - length + 1);
  const kinds: readonly (() => Uint8Array)[] = [
    () => flip(bytes, 1 + random.below(8), random),
    () => bytes.subarray(0, at),
    () => bytes.fill(0, at),
    () => bytes.fill(0, at, at + length),
    () => bytes.copyWithin(at, other, other + length),
    () => Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)]),
    () => Uint8Array.from([...bytes, ...bytes.subarray(at, at + length)]),
    () => withLength(bytes, BigInt(random.below(2 ** 31)) << BigInt(random.below(33))),
    () => fill(bytes.subarray(0, at), length, random),
  ];
  return kinds[random.below(kinds.length)]?.() ?? bytes;
}

/** JSON of which one value or key is another. */
export function mutateJson(json: string, random: Random): string {
  const values = [...json.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|\[\]|\{\}/g)];
  const found = values[random.below(values.length)];
  if (found === undefined) return json;
  const [text] = found;
  const put = (instead: string, from = found.index, to = found.index + text.length) =>
    json.slice(0, from) + instead + json.slice(to);
  const nasty = NASTY[random.below(NASTY.length)] ?? '';
  const kinds: readonly (() => string)[] = [
    () => put(nasty),
    () => put(''),
    () => put(`${text},${text}`),
    () => put(`${text},"__proto__":{"polluted":1},${text}`),
    () => put(`${text}:${nasty},${text}`),
    () => put(nasty, found.index, Math.min(json.length, found.index + random.below(200))),
  ];
  return kinds[random.below(kinds.length)]?.() ?? json;
}

function flip(bytes: Uint8Array, count: number, random: Random): Uint8Array {
  for (let i = 0; i < count; i++) bytes[random.below(bytes.length)] ^= 1 << random.below(8);
  return bytes;
}

function withLength(bytes: Uint8Array, length: bigint): Uint8Array {
  if (bytes.length >= 8) new DataView(bytes.buffer, bytes.byteOffset, 8).setBigUint64(0, length, true);
  return bytes;
}

function fill(start: Uint8Array, count: number, random: Random): Uint8Array {
  return Uint8Array.from([...start, ...Array.from({ length: count }, () => random.below(256))]);
}
