import { HostGuard } from '../../../src/runner/host-guard';

test.each<[hosts: string[], url: string, allows: boolean]>([
  [['api.example.test'], 'https://api.example.test/x', true],
  [['api.example.test'], 'http://api.example.test/x', true],
  [['api.example.test'], 'https://API.Example.Test', true],
  [['API.Example.Test'], 'https://api.example.test', true],
  [['api.example.test'], 'https://api.example.test:443', true],
  [['api.example.test'], 'https://api.example.test:80', true],
  [['api.example.test'], 'https://api.example.test:8443', false],
  [['api.example.test:8443'], 'https://api.example.test:8443', true],
  [['api.example.test:8443'], 'https://api.example.test', false],
  [['api.example.test:443'], 'https://api.example.test', true],
  [['api.example.test:443'], 'http://api.example.test', false],
  [['api.example.test'], 'https://example.test', false],
  [['example.test'], 'https://api.example.test', false],
  [['api.example.test'], 'https://api.example.test.evil.test', false],
  [['api.example.test'], 'https://evil.test/api.example.test', false],
  [['api.example.test'], 'https://api.example.test@evil.test/', false],
  [['api.example.test'], 'https://user:pw@api.example.test/', true],
  [['https://api.example.test/v2'], 'https://api.example.test/v1', true],
  [['HTTPS://api.example.test'], 'http://api.example.test', true],
  [['http://api.example.test:8080/?x#y'], 'http://api.example.test:8080', true],
  [['http://api.example.test:8080'], 'http://api.example.test', false],
  [['user:pw@api.example.test'], 'https://api.example.test', true],
  [['127.0.0.1:8080'], 'http://127.0.0.1:8080', true],
  [['127.0.0.1:8080'], 'http://localhost:8080', false],
  [['127.1:8080'], 'http://127.0.0.1:8080', true],
  [['0x7f.1'], 'http://127.0.0.1/', true],
  [['127.1'], 'http://127.0.0.2/', false],
  [['bad.cafe'], 'http://bad.cafe/', true],
  [['[::1]:8080'], 'http://[::1]:8080/', true],
  [['[::1]:8080'], 'http://[::1]:8081/', false],
  [[' api.example.test '], 'https://api.example.test', true],
  [['a.test', 'b.test'], 'https://b.test', true],
  [[], 'https://api.example.test', false],
  [['', 'https://'], 'https://api.example.test', false],
])('%j allows %s: %s', (hosts, url, allows) => {
  expect(new HostGuard(hosts).allows(new URL(url))).toBe(allows);
});

test.each<[from: string, location: string, may: boolean]>([
  ['https://api.example.test/a', '/b', true],
  ['https://api.example.test/a', 'b?c=d', true],
  ['https://api.example.test/a', 'https://login.example.test/', true],
  ['https://api.example.test/a', '//login.example.test/', true],
  ['https://api.example.test/a', 'https://evil.test/', false],
  ['https://api.example.test/a', '//evil.test/', false],
  ['https://api.example.test/a', 'https://api.example.test:8443/', false],
  ['https://api.example.test/a', 'http://api.example.test/b', false],
  ['http://api.example.test/a', 'https://api.example.test/b', true],
  ['http://api.example.test/a', 'http://api.example.test/b', true],
  ['https://api.example.test/a', 'ftp://api.example.test/b', false],
  ['https://api.example.test/a', 'file:///etc/passwd', false],
  ['https://api.example.test/a', 'javascript:alert(1)', false],
  ['https://api.example.test/a', 'https://', false],
])('a redirect from %s to %s may be followed: %s', (from, location, may) => {
  const guard = new HostGuard(['api.example.test', 'login.example.test']);
  expect(guard.mayFollow(new URL(from), location)).toBe(may);
});

test('a guard made of the hosts of another is the same guard', () => {
  const guard = new HostGuard(['https://API.example.test:8443/v2', '']);
  expect(guard.hosts).toEqual(['api.example.test:8443']);
  expect(new HostGuard(guard.hosts).hosts).toEqual(guard.hosts);
});
