import fc from 'fast-check';
import { Masker } from '../../../src/masking/masker';

/** Printable ASCII; without braces, because `{{name}}` itself is shown. */
const character = fc
  .integer({ min: 0x20, max: 0x7e })
  .map((code) => String.fromCharCode(code))
  .filter((one) => one !== '{' && one !== '}');
const secret = fc.string({ unit: character, minLength: 4, maxLength: 24 });
const around = fc.string({ unit: character, maxLength: 12 });

test('no secret is in a masked text, in whatever form it was there', () => {
  fc.assert(
    fc.property(secret, around, around, (value, before, after) => {
      const masker = new Masker();
      masker.add('k', value);
      const forms = [
        value,
        encodeURIComponent(value),
        JSON.stringify(value).slice(1, -1),
        Buffer.from(value).toString('base64'),
      ];
      for (const form of forms) {
        const masked = masker.text(`${before}${form}${after}`);
        expect(masked).not.toContain(form);
        expect(masked).toContain('{{k}}');
      }
    }),
  );
});

test('of several secrets none is left, though they overlap', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 4, maxLength: 7 });
  fc.assert(
    fc.property(fc.array(few, { minLength: 1, maxLength: 4 }), (values) => {
      const masker = new Masker();
      for (const value of values) masker.add('k', value);
      const masked = masker.text(values.join(''));
      for (const value of values) expect(masked).not.toContain(value);
    }),
  );
});

test('masking twice is masking once', () => {
  fc.assert(
    fc.property(secret, around, (value, before) => {
      const masker = new Masker();
      masker.add('k', value);
      const once = masker.text(`${before}${value}`);
      expect(masker.text(once)).toBe(once);
    }),
  );
});
