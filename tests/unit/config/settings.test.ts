import { checkConfig, settingsOf } from '../../../src/config/settings';
import { ConfigError } from '../../../src/errors';
import { configOf, folder, item, load } from '../collections';

describe('settingsOf', () => {
  const config = configOf({
    requests: {
      'shop/orders/get': { timeoutMs: 4 },
      'shop/orders/*': { timeoutMs: 3, safe: true },
      '*': { timeoutMs: 1, latencyBudgetMs: 1, headers: ['A'] },
      'shop/*': { timeoutMs: 2, latencyBudgetMs: 2 },
      get: { timeoutMs: 9 },
    },
  });

  test.each<[key: string, want: object]>([
    ['list', { timeoutMs: 1, latencyBudgetMs: 1, headers: ['A'] }],
    ['shop/list', { timeoutMs: 2, latencyBudgetMs: 2, headers: ['A'] }],
    ['shop/orders/list', { timeoutMs: 3, latencyBudgetMs: 2, headers: ['A'], safe: true }],
    ['shop/orders/get', { timeoutMs: 4, latencyBudgetMs: 2, headers: ['A'], safe: true }],
    ['shop/orders/get~2', { timeoutMs: 3, latencyBudgetMs: 2, headers: ['A'], safe: true }],
    ['shop/orders', { timeoutMs: 2, latencyBudgetMs: 2, headers: ['A'] }],
    ['shopping/get', { timeoutMs: 1, latencyBudgetMs: 1, headers: ['A'] }],
    ['get', { timeoutMs: 9, latencyBudgetMs: 1, headers: ['A'] }],
  ])('of %s: the more exact one wins, whatever the order', (key, want) => {
    expect(settingsOf(config, key)).toEqual(want);
  });

  test('is empty where nothing is said', () => {
    expect(settingsOf(configOf(), 'a/b')).toEqual({});
  });
});

describe('checkConfig', () => {
  const collection = load([item('login'), folder('Shop', item('get'), folder('Orders', item('get')))]);
  const capture = { id: { pointer: '/id' } };

  test('accepts every key and folder that is there', () => {
    const config = configOf({
      captures: { login: capture, 'shop/orders/get': capture },
      requests: { '*': {}, 'shop/*': {}, 'shop/orders/*': { after: ['login'] }, 'shop/get': {} },
    });
    expect(() => checkConfig(config, collection)).not.toThrow();
  });

  test('names every entry that matches nothing, each once', () => {
    const config = configOf({
      captures: { 'shop/login': capture, 'shop/*': capture },
      health: { allow: ['login', 'lost'], certificateDays: 21, retries: 2, trend: false },
      requests: {
        Shop: {},
        'order/*': {},
        'sho/*': {},
        'shop/orders': {},
        login: { after: ['shop/login', 'gone'] },
      },
    });
    const refused = () => checkConfig(config, collection);
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(
      expect.objectContaining({
        what: 'no such request: shop/login, shop/*, Shop, order/*, sho/*, shop/orders, gone, lost',
        where: config.file,
      }),
    );
  });
});
