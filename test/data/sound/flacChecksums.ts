/** FLAC files carry the checksum of what was encoded. */
import { createHash } from 'node:crypto';
import { openFlac } from '../../../src/data/sound/flac/flac.ts';

/** MD5 of the samples as whole numbers, channels in turn, and what STREAMINFO says it is (RFC 9639, section 8.2). */
export async function flacChecksums(bytes: Uint8Array): Promise<{ found: string; stored: string }> {
  const bits = (((bytes[20] & 1) << 4) | (bytes[21] >> 4)) + 1;
  const width = Math.ceil(bits / 8);
  const hash = createHash('md5');
  for await (const { channels } of openFlac(bytes).blocks()) {
    const numbers = Buffer.alloc(channels.length * channels[0].length * width);
    let at = 0;
    for (let i = 0; i < channels[0].length; i++) {
      for (const samples of channels) at = numbers.writeIntLE(samples[i] * 2 ** (bits - 1), at, width);
    }
    hash.update(numbers);
  }
  return { found: hash.digest('hex'), stored: Buffer.from(bytes.subarray(26, 42)).toString('hex') };
}
