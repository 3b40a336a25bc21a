// Which line of a matrix of samples a row of the product stands for.

// Row by row.
fn allRows(row: u32) -> u32 {
  return row;
}

// The first `context` rows of every sample of `tokens`.
fn contextRows(row: u32) -> u32 {
  return row / sizes.context * sizes.tokens + row % sizes.context;
}

// All rows, those of the contexts first: then whole tiles of rows need what only context rows do.
fn contextRowsFirst(row: u32) -> u32 {
  if (row < sizes.contextRows) {
    return contextRows(row);
  }
  let others = max(sizes.tokens - sizes.context, 1u);
  let rest = row - sizes.contextRows;
  return rest / others * sizes.tokens + sizes.context + rest % others;
}
