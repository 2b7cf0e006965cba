// A city stores one line a block. A name only fits along a longer line, so the blocks of one street are joined where
// exactly two of them meet.

/** Joins LineStrings with equal properties end to end; other geometry passes unchanged. Order is kept deterministic. */
export function joinLines(features) {
  const out = [];
  const groups = new Map();
  for (const feature of features) {
    if (feature.geometry.type !== 'LineString' || !feature.properties.name) {
      out.push(feature);
      continue;
    }
    const key = JSON.stringify(feature.properties);
    if (!groups.has(key)) groups.set(key, { properties: feature.properties, lines: [] });
    groups.get(key).lines.push(feature.geometry.coordinates);
  }
  for (const { properties, lines } of groups.values())
    for (const coordinates of chains(lines))
      out.push({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } });
  return out;
}

function chains(lines) {
  const ends = new Map();
  lines.forEach((line, index) => {
    for (const end of [line[0], line.at(-1)]) {
      const key = end.join();
      if (!ends.has(key)) ends.set(key, []);
      ends.get(key).push(index);
    }
  });
  const used = new Set();
  const result = [];
  lines.forEach((line, index) => {
    if (used.has(index)) return;
    used.add(index);
    let chain = grow([...line], lines, ends, used);
    chain = grow(chain.reverse(), lines, ends, used);
    result.push(chain.reverse());
  });
  return result;
}

/** Appends lines at the end of the chain for as long as exactly one other line continues there. */
function grow(chain, lines, ends, used) {
  for (;;) {
    const end = chain.at(-1).join();
    const meeting = ends.get(end);
    const next = meeting.length === 2 ? meeting.find((i) => !used.has(i)) : undefined;
    if (next === undefined) return chain;
    used.add(next);
    const line = lines[next];
    const forward = line[0].join() === end ? line : [...line].reverse();
    chain.push(...forward.slice(1));
  }
}
