/** A number as it is written: ±0.DIGITS × 10^exponent, DIGITS without zeros at either end and empty for zero. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function decimalOf(literal: string): Decimal {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const all = whole + fraction;
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return { isNegative: false, digits, exponent: 0 };
  return {
    isNegative: sign === '-',
    digits,
    exponent: whole.length - (all.length - significant.length) + Number(power),
  };
}

/** Whether a double holds what a JSON number says, and shows it with the same digits. */
export function isExact(literal: string): boolean {
  const value = Number(literal);
  if (!Number.isFinite(value) || Object.is(value, -0)) return false;
  return compareNumbers(literal, String(value)) === 0;
}

/** Compares two JSON numbers by their digits: negative, 0 or positive as for `sort`. */
export function compareNumbers(one: string, other: string): number {
  const [a, b] = [decimalOf(one), decimalOf(other)];
  const [signA, signB] = [signOf(a), signOf(b)];
  if (signA !== signB) return signA - signB;
  const larger =
    a.exponent === b.exponent
      ? a.digits < b.digits
        ? -1
        : a.digits > b.digits
          ? 1
          : 0
      : a.exponent - b.exponent;
  return signA < 0 ? -larger : larger;
}

function signOf({ isNegative, digits }: Decimal): number {
  return digits === '' ? 0 : isNegative ? -1 : 1;
}

/** Whether a JSON number has no fraction, however it is written. Source: JSON Schema, "integer". */
export function isWhole(literal: string): boolean {
  const { digits, exponent } = decimalOf(literal);
  return digits.length <= Math.max(exponent, 0);
}

/** Beyond this many digits a division is of no use to anybody. */
const MOST_DIGITS = 400;

/** Whether one JSON number is a whole multiple of another; null where that is more than it is worth to know. */
export function isMultiple(literal: string, of: string): boolean | null {
  const [a, b] = [decimalOf(literal), decimalOf(of)];
  if (a.digits === '') return true;
  if (b.digits === '') return null;
  const [lowA, lowB] = [a.exponent - a.digits.length, b.exponent - b.digits.length];
  const low = Math.min(lowA, lowB);
  if (Math.max(a.exponent, b.exponent) - low > MOST_DIGITS) return null;
  const scaled = ({ digits }: Decimal, from: number) => BigInt(digits + '0'.repeat(from - low));
  return scaled(a, lowA) % scaled(b, lowB) === 0n;
}
