/** What the lines about files come to. */
import type { LoadReport } from '../../../data/samples.ts';
import { plural } from '../../format.ts';

/** "3 files and 40 pictures not used, 512 pictures used": lines that sum up count the pictures that they are of. */
export function refusedTitle({ refused, used }: LoadReport): string {
  const files = refused.filter(({ pictures }) => pictures === undefined).length;
  const pictures = refused.reduce((sum, line) => sum + (line.pictures ?? 0), 0);
  const parts = [...(files > 0 ? [plural(files, 'file')] : []), ...(pictures > 0 ? [plural(pictures, 'picture')] : [])];
  const unused = parts.length === 0 ? 'All files used, with a remark' : `${parts.join(' and ')} not used`;
  return used > 0 ? `${unused}, ${plural(used, 'picture')} used` : unused;
}
