const roles = [
  "work",
  "coordination",
  "data-passing",
  "storage",
  "network",
  "observability",
  "idle",
  "overhead",
] as const;
export type Role = (typeof roles)[number];

/** What a meter's money is for, in the order in which reports tell it. Apart from the schemas, which few runs load. */
export const ROLES: readonly Role[] = roles;
