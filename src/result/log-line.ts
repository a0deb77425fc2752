/** A line that no build log takes for a command: GitHub's runner looks for `##[` anywhere and for `::` in front. */
export function logLine(line: string): string {
  return line.replaceAll("##[", "# #[").replace(/^(\s*)::/, "$1: :");
}
