/** Unpacks gzip (RFC 1952) as far as it is sound. */
import { Gunzip } from 'fflate';
import { crc32 } from '../../base/crc32.ts';
import { BadDataError } from '../../base/errors.ts';
import type { Pace } from '../pace.ts';
import { sizeText } from '../wording.ts';

export interface Unpacked {
  /** Everything that came out before the end or the damage. */
  blob: Blob;
  /** What is wrong with the file; absent when it is sound. */
  damage?: string;
  /** Nothing can vouch for the bytes that came out: the checksum is wrong or missing. */
  untrusted: boolean;
}

/** Small enough that a bomb, which grows a thousandfold, cannot fill the memory between two looks at the limit. */
const PIECE = 2 ** 15;
const SPILL = 8 * 2 ** 20;
/** An empty gzip member. Pushed after the end, it shows whether the last member of the file was complete. */
const EMPTY_MEMBER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/**
 * Unpacks `file` into a blob, which the browser may keep on disk. Several members in a row are one file, as the format
 * says. Not the platform's DecompressionStream: at a truncation or at bytes after the end it drops what it has already
 * unpacked, and it reads the first member only in browsers.
 * Throws BadDataError when more than `limit` bytes come out, or none at all.
 */
export async function unpackGzip(file: Blob, limit: number, pace: Pace, task: string): Promise<Unpacked> {
  const members = new MemberStream(limit);
  const reader = file.stream().getReader();
  let done = 0;
  try {
    for (let read = await reader.read(); !read.done && !members.ended; read = await reader.read()) {
      for (let at = 0; at < read.value.length && !members.ended; at += PIECE) {
        members.push(read.value.subarray(at, at + PIECE));
        await pace.tick(task, Math.min(done + at, file.size), file.size);
      }
      done += read.value.length;
    }
  } finally {
    await reader.cancel();
  }
  return members.finish();
}

/** Follows the members of a gzip file, checks each one's trailer, and collects what comes out. */
class MemberStream {
  /** Nothing after this point can be used. */
  ended = false;
  private readonly output: SpillingBlob;
  private readonly gunzip: Gunzip;
  private crc = 0;
  private length = 0;
  private complete = 0;
  private damage: string | undefined;
  private untrusted = false;
  private closing = false;
  /** The last two pieces pushed: where the trailer of a member that just ended must be. */
  private recent = new Uint8Array(0);

  constructor(private readonly limit: number) {
    this.output = new SpillingBlob();
    this.gunzip = new Gunzip((bytes) => this.collect(bytes));
    this.gunzip.onmember = () => this.endMember();
  }

  push(piece: Uint8Array): void {
    const before = this.recent.subarray(Math.max(0, this.recent.length - PIECE));
    this.recent = new Uint8Array(before.length + piece.length);
    this.recent.set(before);
    this.recent.set(piece, before.length);
    this.inflate(piece);
  }

  finish(): Unpacked {
    if (!this.ended) {
      const complete = this.complete;
      this.closing = true;
      this.inflate(EMPTY_MEMBER);
      if (this.complete === complete && this.damage === undefined) this.cutOff();
    }
    if (this.output.size === 0 && this.damage !== undefined) throw new BadDataError(this.damage);
    return {
      blob: this.output.toBlob(),
      untrusted: this.untrusted,
      ...(this.damage === undefined ? {} : { damage: this.damage }),
    };
  }

  private inflate(piece: Uint8Array): void {
    try {
      this.gunzip.push(piece);
    } catch (error) {
      if (error instanceof BadDataError) throw error;
      this.ended = true;
      if (isBadHeader(error)) this.junkAfterMember();
      else if (this.closing) this.cutOff();
      else this.distrust('is damaged: the compressed data make no sense from some point on.');
    }
  }

  private collect(bytes: Uint8Array<ArrayBuffer>): void {
    // What the empty member at the end brings forth can only be noise.
    if (this.closing || bytes.length === 0) return;
    this.length += bytes.length;
    this.crc = crc32(bytes, this.crc);
    if (this.output.size + bytes.length > this.limit) {
      throw new BadDataError(`unpacks to more than the ${sizeText(this.limit)} that are left for it: unpack it and add a part.`);
    }
    this.output.add(bytes);
  }

  private endMember(): void {
    this.complete++;
    if (!this.trailerFound()) this.distrust('is damaged: its checksum (CRC-32) does not match what it holds.');
    this.crc = 0;
    this.length = 0;
  }

  /** The stream expected a member and met something else: bytes that were appended, or a file that was no gzip at all. */
  private junkAfterMember(): void {
    if (this.output.size === 0 && this.length === 0) this.distrust('is not sound gzip data.');
    else if (this.trailerFound()) this.damage ??= 'has other bytes after its end; they were ignored.';
    else if (this.closing) this.cutOff();
    else this.distrust('is damaged: its checksum (CRC-32) does not match what it holds.');
  }

  private cutOff(): void {
    this.distrust('is cut off: its end is missing. Get it again, perhaps the download stopped early.');
  }

  private distrust(damage: string): void {
    this.damage ??= damage;
    this.untrusted = true;
  }

  /** fflate skips the trailer (checksum and length); it must stand somewhere in what was pushed last. */
  private trailerFound(): boolean {
    const trailer = new Uint8Array(8);
    const view = new DataView(trailer.buffer);
    view.setUint32(0, this.crc, true);
    view.setUint32(4, this.length % 2 ** 32, true);
    const { recent } = this;
    for (let at = recent.length - 8; at >= 0; at--) {
      let same = 0;
      while (same < 8 && recent[at + same] === trailer[same]) same++;
      if (same === 8) return true;
    }
    return false;
  }
}

/** fflate's error for a gzip header that is none (FlateErrorCode.InvalidHeader). */
function isBadHeader(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 6;
}

/** Hands finished megabytes over to blobs, so that a large file need not be in this worker's memory. */
class SpillingBlob {
  size = 0;
  private readonly blobs: Blob[] = [];
  private pieces: Uint8Array<ArrayBuffer>[] = [];
  private held = 0;

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.pieces.push(bytes);
    this.size += bytes.length;
    this.held += bytes.length;
    if (this.held >= SPILL) this.spill();
  }

  toBlob(): Blob {
    this.spill();
    return new Blob(this.blobs);
  }

  private spill(): void {
    this.blobs.push(new Blob(this.pieces));
    this.pieces = [];
    this.held = 0;
  }
}
