import { newJar } from '../../../../src/runner/typed/cookie-jar';

test('a cookie is kept for the domain that Newman keeps it for', async () => {
  const jar = newJar();
  const url = 'http://postman-echo.com/set';
  await jar.setCookie('b=2; Domain=postman-echo.com', url, { ignoreError: true });
  expect(await jar.getCookieString('http://postman-echo.com/other')).toBe('b=2');
});

test('a cookie for everybody under a public suffix is not kept', async () => {
  const jar = newJar();
  await jar.setCookie('b=2; Domain=co.uk', 'http://shop.co.uk/', { ignoreError: true });
  expect(await jar.getCookieString('http://shop.co.uk/')).toBe('');
});
