// One tile of the product per workgroup, its operands step by step through workgroup memory.

const DEPTH = {{depth}}u;
const TILE_ROWS = {{tileRows}}u;
const TILE_COLUMNS = {{tileColumns}}u;
const THREADS = {{threads}}u;

// A line of four vectors along k, and a vector of padding every four lines: neighbours in the tile then lie in other banks.
fn alongK(line: u32, k: u32) -> u32 {
  return line * (DEPTH / 4u) + line / 4u + k / 4u;
}

var<workgroup> leftTile: array<vec4f, {{leftSize}}>;
var<workgroup> rightTile: array<vec4f, {{rightSize}}>;

@compute @workgroup_size({{threads}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tileRow = group.y * TILE_ROWS;
  let tileColumn = group.x * TILE_COLUMNS;
  let localRow = thread / {{threadsInRow}}u * {{rows}}u;
  let localColumn = thread % {{threadsInRow}}u * {{columns}}u;
  let row = tileRow + localRow;
  let column = tileColumn + localColumn;
{{declare}}
{{terms}}
{{finish}}
}
