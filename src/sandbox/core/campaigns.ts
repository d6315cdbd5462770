import type { Handler, JsonObject, Route } from '../http/call';
import { ApiFailure } from '../http/responses';

const PAGE_SIZE = 25;

const list: Handler = ({ query, now }) => {
  const page = query.get('page') ?? '1';
  if (!/^[1-9]\d{0,8}$/.test(page)) {
    throw new ApiFailure('argument_error', 'page must be a whole number from 1.');
  }
  return {
    status: 'ok',
    page: Number(page),
    page_size: PAGE_SIZE,
    number_of_pages: 1,
    campaigns: page === '1' ? campaignsOf(new Date(now).getUTCFullYear()) : { tiles: [], promotions: [] },
  };
};

/** Campaigns: all of them, page by page. */
export const CAMPAIGN_ROUTES: readonly Route[] = [
  { family: 'core', method: 'GET', template: '/campaigns', handler: list },
];

function campaignsOf(year: number): JsonObject {
  return {
    tiles: [
      {
        campaign_id: 4101,
        name: 'Welcome gift',
        start_date: `${year}-01-01`,
        end_date: `${year}-12-31`,
        custom_payload: { type: 'offer', offer_id: '5e7f9b01-3c4d-4657-88a9-1e2f30415263' },
        template: template('tile', 'Welcome', 'A free coffee with your first order.', 'welcome'),
        behaviors: { first_order: behavior(50, 1) },
      },
    ],
    promotions: [
      {
        campaign_id: 4102,
        name: 'Double points week',
        start_date: `${year}-03-02`,
        end_date: `${year}-03-08`,
        custom_payload: { type: 'bonus' },
        template: template('promotion', 'Double points', 'Every order counts twice this week.', 'double'),
        behaviors: { orders: behavior(100, 3) },
      },
    ],
  };
}

function template(type: string, header: string, description: string, image: string): JsonObject {
  return { type, message: { header, description, image_url: `https://img.example.com/${image}.png` } };
}

/** Inferred: the whole shape of a behaviour on this wire. */
function behavior(points: number, total: number): JsonObject {
  return {
    type: 'count',
    achieved: 0,
    points,
    current_count: 0,
    total_count: total,
    max_times_repeatable: 1,
    event_name: 'order',
  };
}
