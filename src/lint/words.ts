/** The words of a name, in lower case: `userId`, `user_id` and `User-ID` are `user` and `id`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A name as one word in the singular: `Customers` is `customer`, and `Loyalty-Tiers` is `loyaltytier`. */
export function singular(name: string): string {
  const word = wordsOf(name).join('');
  if (/ies$/.test(word)) return word.replace(/ies$/, 'y');
  if (/(ss|sh|ch|x|us)es$/.test(word)) return word.replace(/es$/, '');
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}
