// Lists of thousands ask for the same few times at each sort: each text is read once.
const read = new Map<string, number>();
const MOST = 60_000;

/** ISO 8601 text as ms since 1970. */
export function moment(text: string): number {
  let ms = read.get(text);
  if (ms === undefined) {
    if (read.size >= MOST) read.clear();
    ms = Date.parse(text);
    read.set(text, ms);
  }
  return ms;
}
