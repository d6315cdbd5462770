import { isPlainAddress } from '../../../src/masking/address';
import { credentialsIn } from '../../../src/masking/urls';

test.each([
  'https://api.example.com',
  'http://127.0.0.1:8080/api/v1',
  'api.staging-eu1.example.com',
  'localhost:3000',
  'https://localhost/rest',
  'http://[::1]:8080',
  'https://ec2-12-34-56-78.compute.example.com',
])('%s says where requests go and nothing more', (value) => expect(isPlainAddress(value)).toBe(true));

test.each([
  'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_d-f',
  '550e8400-e29b-41d4-a716-446655440000',
  'hunter2',
  'admin:12345',
  'https://user:pw@api.example.com',
  'https://api.example.com/?key=1',
  'https://hooks.example.com/services/abcdefghijklmnopqrstuvwx',
  'https://api.example.com/correct-horse-battery',
  'https://eo1abc2def.m.example.net',
  'https://a8f3e9c1d2b4.example.site/v1',
  'https://api.example.com:99999',
])('%s may be more than an address', (value) => expect(isPlainAddress(value)).toBe(false));

test('a user that is no escape is a credential as it is', () =>
  expect(credentialsIn('http://u%zz:p@127.0.0.1')).toEqual(['u%zz', 'p']));
