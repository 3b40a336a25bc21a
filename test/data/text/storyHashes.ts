/** The first stories of seed 1 as one number, and what an independent script in Python has for it. */

import { reportAt } from '../../../src/data/text/reports.ts';
import type { Story } from '../../../src/data/text/stories/grammar.ts';
import { taleAt } from '../../../src/data/text/tales.ts';

export const EXPECTED_HASHES = {
  tales: '66b5004474f36b337c2894c0c5b7ea8cc76eaff9de9611e9154170869d9513bc',
  reports: 'db44fc58c25e42fe064ee25b2004490899eec70ce40568297dbd3acf2ce580d5',
  testTales: 'bec1eb80ef9e4a5032e2d57072ae71c6cf55b8696b8cf078ccd8f941460cdc3b',
  testReports: '0eb7e208e6b72b814e717830dbd4f8fc8630f8e37795ddb60ea68e18dde220b4',
};

/** SHA-256 of 1,000 stories each, words joined by spaces and stories by line ends. */
export async function storyHashes(): Promise<typeof EXPECTED_HASHES> {
  return {
    tales: await hash((i) => taleAt(1, 'train', i)),
    reports: await hash((i) => reportAt(1, 'train', i)),
    testTales: await hash((i) => taleAt(1, 'test', i)),
    testReports: await hash((i) => reportAt(1, 'test', i)),
  };
}

async function hash(storyAt: (index: number) => Story): Promise<string> {
  const text = Array.from({ length: 1000 }, (_, i) => storyAt(i).words.join(' ')).join('\n');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
