/** What the lines about files come to. */
import { MODALITIES, MODALITY_NAMES } from '../../../config/modalities.ts';
import type { LoadReport } from '../../../data/samples.ts';
import { plural } from '../../format.ts';

/** "3 files and 40 pictures not used, 2 shortened, 512 pictures used": lines that sum up count the samples that they are of. */
export function refusedTitle({ modality, refused, shortened, used }: LoadReport): string {
  const files = refused.filter(({ sums }) => sums === undefined).length;
  const summed = MODALITY_NAMES.flatMap((name) => {
    const count = refused.reduce((sum, { sums }) => sum + (sums?.modality === name ? sums.count : 0), 0);
    return count > 0 ? [plural(count, MODALITIES[name].words.sample)] : [];
  });
  const parts = [...(files > 0 ? [plural(files, 'file')] : []), ...summed];
  const unused = parts.length === 0 ? [] : [`${parts.join(' and ')} not used`];
  const cut = shortened.length === 0 ? [] : [`${shortened.length} shortened`];
  const lines = [...unused, ...cut];
  const title = lines.length === 0 ? 'All files used, with a remark' : lines.join(', ');
  return used > 0 ? `${title}, ${plural(used, MODALITIES[modality].words.sample)} used` : title;
}
