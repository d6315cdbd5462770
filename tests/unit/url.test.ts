import { urlOf } from '../../src/url';

test('a text is a URL or none, and remains what it is however often it is asked for', () => {
  for (let count = 0; count < 20_000; count += 1) {
    expect(urlOf('http://ü.example:81/ü?q=é')?.host).toBe('xn--tda.example:81');
  }
  expect(urlOf('/b?c', 'http://h/a')?.href).toBe('http://h/b?c');
  expect(urlOf('b', new URL('http://h/a/'))?.href).toBe('http://h/a/b');
  for (const text of ['', 'h', '/b', 'http://', 'http://h:x/']) expect(urlOf(text)).toBeNull();
});
