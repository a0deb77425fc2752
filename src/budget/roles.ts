/** Roles of money that every architecture has, if only with nothing: those of the catalog (held equal by a test). */
export const ROLE_NAMES: readonly string[] = [
  "work",
  "coordination",
  "data-passing",
  "storage",
  "network",
  "observability",
  "idle",
  "overhead",
];
