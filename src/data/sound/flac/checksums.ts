/** The checksums of FLAC: 8 bits for the header of a frame, 16 for all of it (RFC 9639, sections 9.1.8 and 9.3). */

export const crc8 = checksum(8, 0x07);
export const crc16 = checksum(16, 0x8005);

function checksum(bits: number, polynomial: number): (bytes: Uint8Array) => number {
  const mask = 2 ** bits - 1;
  const table = Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & (1 << (bits - 1)) ? polynomial : 0);
    return crc & mask;
  });
  return (bytes) => {
    let crc = 0;
    for (let i = 0; i < bytes.length; i++) crc = ((crc << 8) & mask) ^ table[(crc >> (bits - 8)) ^ bytes[i]];
    return crc;
  };
}
