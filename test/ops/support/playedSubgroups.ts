/** Subgroups played by a workgroup, through its memory: of any size, which no adapter would offer. */

/**
 * @param code a kernel that reduces by subgroups
 * @param size threads of a subgroup; the last may have fewer
 * @param interleaved whether each n-th thread is of the same subgroup, and not those beside each other
 * @returns the same kernel without `enable subgroups`, with functions of ours in place of WGSL's
 */
export function playedSubgroups(code: string, size: number, interleaved: boolean): string {
  if (!code.startsWith('enable subgroups;\n')) return code;
  const thread = /@builtin\(local_invocation_index\) (\w+)/.exec(code)?.[1];
  const subgroup = interleaved ? 'thread % ((THREADS + SIZE - 1u) / SIZE)' : 'thread / SIZE';
  const functions = `
const SIZE = ${size}u;
var<workgroup> played: array<f32, THREADS>;
var<private> own: u32;
fn subgroupOf(thread: u32) -> u32 { return ${subgroup}; }
fn playedRank() -> u32 {
  var rank = 0u;
  for (var k = 0u; k < own; k++) { if (subgroupOf(k) == subgroupOf(own)) { rank++; } }
  return rank;
}
fn playedMates() -> u32 {
  var mates = 0u;
  for (var k = 0u; k < THREADS; k++) { if (subgroupOf(k) == subgroupOf(own)) { mates++; } }
  return mates;
}
${reduction('playedAdd', '0f', 'all + played[k]')}
${reduction('playedMax', '-3.4e38f', 'max(all, played[k])')}
`;
  return code
    .replace('enable subgroups;\n', '')
    .replace('subgroupExclusiveAdd(1u)', 'playedRank()')
    .replace('subgroupAdd(1u)', 'playedMates()')
    .replaceAll('subgroupAdd(', 'playedAdd(')
    .replaceAll('subgroupMax(', 'playedMax(')
    .replace('@compute', `${functions}@compute`)
    .replace('  let rank =', `  own = ${thread};\n  let rank =`);
}

function reduction(name: string, start: string, joined: string): string {
  return `fn ${name}(value: f32) -> f32 {
  workgroupBarrier();
  played[own] = value;
  workgroupBarrier();
  var all = ${start};
  for (var k = 0u; k < THREADS; k++) { if (subgroupOf(k) == subgroupOf(own)) { all = ${joined}; } }
  return all;
}`;
}
