/** Numbers as the loaders' messages write them, the same on every machine. */

/** 20000 -> "20,000". */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 picture", "1,234 pictures". */
export function amountText(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Bytes in the largest unit that gives a number of at least one: "512 MiB". */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  let size = bytes;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${unit === 0 ? countText(size) : Number(size.toFixed(1))} ${units[unit]}`;
}
