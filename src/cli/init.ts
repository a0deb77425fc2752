export function initCommand(): number {
  return 0;
}
