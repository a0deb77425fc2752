/** The system's name of what went wrong, such as `ENOSPC`; empty where it has none. */
export function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "has a file where a folder should be in its path",
  EEXIST: "has a file where a folder should be in its path",
  ELOOP: "is a link that leads round in a circle",
  ENAMETOOLONG: "has a name that is too long",
};

const READING: Readonly<Record<string, string>> = { EACCES: "may not be read", EPERM: "may not be read" };

const WRITING: Readonly<Record<string, string>> = {
  EACCES: "may not be written: permission denied",
  EPERM: "may not be written: permission denied",
  EROFS: "cannot be written: the file system is read-only",
  ENOSPC: "cannot be written in full: no space is left",
  EDQUOT: "cannot be written in full: the disk quota is used up",
  EFBIG: "cannot be written in full: it is too large for the file system",
  EIO: "cannot be written in full: the device reports an error",
};

/** Why something could not be read, as words that go on from its name. */
export function readingProblem(error: unknown): string {
  const code = codeOf(error);
  return READING[code] ?? REASONS[code] ?? `cannot be read (${code})`;
}

/** Why something could not be written, as words that go on from its name. */
export function writingProblem(error: unknown): string {
  const code = codeOf(error);
  return WRITING[code] ?? REASONS[code] ?? `cannot be written (${code})`;
}
