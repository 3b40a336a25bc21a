/** The files of a zip archive as `torch.save` writes it (PKWARE APPNOTE 6.3.10): stored, not compressed. Read as if it were hostile. */
import { crc32 } from '../../base/crc32.ts';
import { CheckpointError } from '../../base/errors.ts';
import { quote } from '../../config/quote.ts';

const END = 0x06054b50;
const END_BYTES = 22;
const DIRECTORY = 0x02014b50;
const DIRECTORY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** The comment at an archive's end may be so long. */
const LONGEST_COMMENT = 0xffff;
/** Sizes of more than 4 GB are told elsewhere; such files are larger than what is read. */
const ELSEWHERE = 0xffffffff;

export class StoredZip {
  private readonly view: DataView;
  private readonly places = new Map<string, { at: number; size: number; crc: number; stored: boolean }>();

  /** @throws CheckpointError when its list of contents is missing or damaged */
  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = this.findEnd();
    let at = this.uint32(end + 16);
    for (let left = this.uint16(end + 10); left > 0; left--) at = this.readPlace(at);
  }

  get names(): string[] {
    return [...this.places.keys()];
  }

  /** @throws CheckpointError when there is no such file, or it is damaged */
  read(name: string): Uint8Array {
    const place = this.places.get(name);
    if (place === undefined) throw damaged(`it lacks ${quote(name)}`);
    const { at, size, crc, stored } = place;
    if (!stored) throw damaged('it was compressed again: unpack it and save the weights once more');
    if (this.uint32(at) !== LOCAL) throw damaged(`${quote(name)} is not where it should be`);
    const start = at + LOCAL_BYTES + this.uint16(at + 26) + this.uint16(at + 28);
    if (start + size > this.bytes.length) throw damaged('it is cut off');
    const data = this.bytes.subarray(start, start + size);
    if (crc32(data) !== crc) throw damaged(`the checksum of ${quote(name)} does not match`);
    return data;
  }

  private findEnd(): number {
    const last = this.bytes.length - END_BYTES;
    for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) if (this.view.getUint32(at, true) === END) return at;
    throw damaged('it is cut off: its list of contents is missing');
  }

  /** One entry of the list; returns where the next one begins. */
  private readPlace(at: number): number {
    if (this.uint32(at) !== DIRECTORY) throw damaged('its list of contents is damaged');
    const [size, offset] = [this.uint32(at + 20), this.uint32(at + 42)];
    if (size === ELSEWHERE || offset === ELSEWHERE) throw new CheckpointError('This PyTorch file is larger than what fits.');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => this.uint16(at + field));
    const begin = at + DIRECTORY_BYTES;
    if (begin + nameLength > this.bytes.length) throw damaged('its list of contents is cut off');
    const name = new TextDecoder().decode(this.bytes.subarray(begin, begin + nameLength));
    if (this.places.has(name)) throw damaged(`it holds ${quote(name)} twice`);
    this.places.set(name, { at: offset, size, crc: this.uint32(at + 16), stored: this.uint16(at + 10) === 0 });
    return begin + nameLength + extraLength + commentLength;
  }

  private uint16(at: number): number {
    if (at + 2 > this.bytes.length) throw damaged('it is cut off');
    return this.view.getUint16(at, true);
  }

  private uint32(at: number): number {
    if (at + 4 > this.bytes.length) throw damaged('it is cut off');
    return this.view.getUint32(at, true);
  }
}

function damaged(reason: string): CheckpointError {
  return new CheckpointError(`This PyTorch file is damaged: ${reason}.`);
}
