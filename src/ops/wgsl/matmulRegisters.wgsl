// One tile of the product per invocation, in registers, its operands straight from storage: no barriers.

{{signature}} {
  let column = id.x * {{columns}}u;
  let row = id.y * {{rows}}u;
  if (row >= sizes.rows || column >= COLUMNS) {
    return;
  }
{{declare}}
{{terms}}
{{finish}}
}
