/** What `JSON.parse` keeps silent about: of two equal keys in one object it takes the last. */

/** The first key that one object of `json` (valid JSON) holds twice, or `undefined`. */
export function firstDuplicateKey(json: string): string | undefined {
  // Only strings in front of a colon are keys, and no string inside an array is: objects alone need a scope.
  const scopes: Set<string>[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '{') scopes.push(new Set());
    else if (character === '}') scopes.pop();
    else if (character === '"') {
      const end = closingQuote(json, i);
      if (isKey(json, end + 1)) {
        const key: string = JSON.parse(json.slice(i, end + 1));
        const scope = scopes.at(-1);
        if (scope?.has(key)) return key;
        scope?.add(key);
      }
      i = end;
    }
  }
  return undefined;
}

function closingQuote(json: string, open: number): number {
  let i = open + 1;
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i;
}

function isKey(json: string, after: number): boolean {
  let i = after;
  while (json[i] === ' ' || json[i] === '\t' || json[i] === '\n' || json[i] === '\r') i++;
  return json[i] === ':';
}
