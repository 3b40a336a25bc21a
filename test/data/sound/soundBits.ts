/** What every engine must compute alike, to the last bit. */
import { crc32 } from '../../../src/base/crc32.ts';
import { RealFft } from '../../../src/data/sound/fft.ts';
import { joinPieces } from '../../../src/data/sound/joinPieces.ts';
import { resynthesise } from '../../../src/data/sound/resynthesis.ts';
import { FRAMES, PATCHES, PIECES, RUNNING, tokensOf } from './frontEnds.ts';
import { testClip } from './testClip.ts';

/** Checksums of numbers, as Node has them. */
export const SOUND_BITS = {
  fft: 3_368_768_330,
  pieces: 2_790_741_974,
  shortPieces: 1_436_415_061,
  frames: 3_533_746_455,
  running: 2_697_270_290,
  patches: 2_470_452_382,
  joined: 22_307_557,
  resynthesised: 3_539_261_677,
};

export function computeSoundBits(): typeof SOUND_BITS {
  const long = testClip(16_384, 11);
  const short = testClip(6001, 12);
  const fft = new RealFft(512);
  fft.forward(Float64Array.from(long.subarray(0, 512)));
  return {
    fft: checksum(fft.imaginary),
    pieces: checksum(tokensOf(PIECES, long)),
    shortPieces: checksum(tokensOf(PIECES, short)),
    frames: checksum(tokensOf(FRAMES, long)),
    running: checksum(tokensOf(RUNNING, short)),
    patches: checksum(tokensOf(PATCHES, long)),
    joined: checksum(joinPieces(short, [3, 2, 1, 0])),
    resynthesised: checksum(resynthesise(PIECES, tokensOf(PIECES, short), short.length, 1)),
  };
}

function checksum(numbers: Float32Array | Float64Array): number {
  return crc32(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}
