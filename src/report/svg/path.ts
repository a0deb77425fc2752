// The path of a line, without the points that nobody could see are missing.

/** Across and down, in tenths of a pixel. */
type Place = readonly [number, number];

const TENTHS = 10;
/** Tenths of a pixel by which a point may lie off the straight line that replaces it. */
const UNSEEN = 1.5;

/** Places that make the line, from left to right; ends are kept. */
function thinnedLine(places: readonly Place[]): readonly Place[] {
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || places.length < 3) return places;
  const across = last[0] - first[0];
  const offs = places.map(([x, y]) => {
    const share = across === 0 ? 0 : (x - first[0]) / across;
    return Math.abs(y - first[1] - share * (last[1] - first[1]));
  });
  const most = offs.reduce((found, off) => Math.max(found, off), 0);
  if (across !== 0 && most <= UNSEEN) return [first, last];
  const at = Math.min(Math.max(offs.indexOf(most), 1), places.length - 2);
  return [...thinnedLine(places.slice(0, at + 1)), ...thinnedLine(places.slice(at)).slice(1)];
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
