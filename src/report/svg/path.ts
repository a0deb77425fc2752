// The path of a line, without the points that nobody could see are missing.

/** Across and down, in tenths of a pixel. */
type Place = readonly [number, number];

const TENTHS = 10;
/** Tenths of a pixel by which a point may lie off the straight line that replaces it. */
const UNSEEN = 1.5;

/** Places that make the line, from left to right; ends are kept. */
function thinnedLine(places: readonly Place[]): readonly Place[] {
  const kept = new Uint8Array(places.length);
  kept[0] = 1;
  kept[places.length - 1] = 1;
  keepSeen(places, kept, 0, places.length - 1);
  return places.filter((_, i) => kept[i] === 1);
}

/** Marks the place farthest off the straight line between two others, and goes on to both sides of it. */
function keepSeen(places: readonly Place[], kept: Uint8Array, from: number, to: number): void {
  const [first, last] = [places[from], places[to]];
  if (first === undefined || last === undefined || to - from < 2) return;
  const across = last[0] - first[0];
  let [most, at] = [0, from];
  for (let i = from; i <= to; i += 1) {
    const [x, y] = places[i] ?? first;
    const share = across === 0 ? 0 : (x - first[0]) / across;
    const off = Math.abs(y - first[1] - share * (last[1] - first[1]));
    if (off > most) [most, at] = [off, i];
  }
  if (across !== 0 && most <= UNSEEN) return;
  const middle = Math.min(Math.max(at, from + 1), to - 1);
  kept[middle] = 1;
  keepSeen(places, kept, from, middle);
  keepSeen(places, kept, middle, to);
}

/** In steps of a tenth of a pixel from point to point: a report carries many of them. */
export function linePath(places: readonly Place[]): string {
  let [left, top] = [0, 0];
  const steps = thinnedLine(places).map(([across, down], i) => {
    const [dx, dy] = [(across - left) / TENTHS, (down - top) / TENTHS];
    [left, top] = [across, down];
    const separator = dy < 0 ? "" : " ";
    return `${i === 0 ? "M" : i === 1 ? "l" : dx < 0 ? "" : " "}${dx}${separator}${dy}`;
  });
  return steps.join("");
}
