/** Numbers as people read them, on the page and in tables of the command line alike. */

// Made once: making it costs more than using it, and numbers change many times a second.
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 1240 -> "1,240". */
export function formatCount(value: number): string {
  return WHOLE.format(value);
}

/** 0.4213 -> "42.1 %". A dash stands for what has not been measured. */
export function formatPercent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(digits)} %` : '–';
}

/** Three digits that count, two of a number below 0.01, and never an exponent: "0.979", "12.4", "340", "0.0016". */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return formatCount(value);
  if (size >= 0.01 || size < 1e-6) return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
  return value.toFixed(1 - Math.floor(Math.log10(size)));
}

/** Of 2^20 bytes each. */
export function formatMegabytes(value: number): string {
  return `${formatNumber(value)} MB`;
}

/** "12.4 ms", "148 ms", "1.48 s". */
export function formatMilliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
