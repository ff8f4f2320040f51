/** The code of a system error, such as `ENOENT`, or an empty text. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'that is not permitted',
  ENOENT: 'it is not there and cannot be made',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'its links lead in a circle',
  ENOSPC: 'the disk is full',
  EADDRINUSE: 'something else listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the name was not found',
};

/** What a system error says, in words where there are some for it. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons[code] ?? (code || String(error));
}
