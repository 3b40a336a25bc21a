// Where the tiles of both operands lie, part of the depth after part.

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
