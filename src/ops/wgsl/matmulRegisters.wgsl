// One tile of the product per invocation, in registers, its operands straight from storage: no barriers.

@compute @workgroup_size({{threadsInRow}}, {{threadsInColumn}})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x * {{columns}}u;
  let row = id.y * {{rows}}u;
  if (row >= sizes.rows || column >= COLUMNS) {
    return;
  }
{{declare}}
{{terms}}
{{finish}}
}
