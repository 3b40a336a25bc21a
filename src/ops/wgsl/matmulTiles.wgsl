// One tile of the product per workgroup, its operands step by step through workgroup memory.

{{signature}} {
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
