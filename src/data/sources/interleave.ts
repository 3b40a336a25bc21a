/** (channels, pixels) -> (pixels, channels). */
export function interleave(planes: Uint8Array, channels: number): Uint8Array {
  const pixels = planes.length / channels;
  const data = new Uint8Array(planes.length);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < pixels; i++) data[i * channels + c] = planes[c * pixels + i];
  }
  return data;
}
