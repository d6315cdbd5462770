/**
 * The words of a name joined with `-`, in lower case: letters and digits of any script stay.
 *
 * A name without any of them gives `unnamed`, so that a key never has an empty part.
 */
export function slug(name: string): string {
  // Most names are plain, and the letters of all scripts are slow to look for.
  const words = /^[ -~]*$/.test(name)
    ? name.toLowerCase().match(/[a-z0-9]+/g)
    : name
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{L}\p{N}\p{M}]+/gu);
  return words === null ? 'unnamed' : words.join('-');
}

/** Makes request keys of folder and request names; a duplicate gets `~2`, `~3` in collection order. */
export function keyMaker(): (folder: readonly string[], name: string) => string {
  const seen = new Map<string, number>();
  return (folder, name) => {
    const key = [...folder, name].map(slug).join('/');
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}~${count}`;
  };
}
