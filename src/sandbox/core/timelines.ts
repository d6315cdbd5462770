import type { Handler, JsonObject, Route } from '../http/call';
import { ApiFailure } from '../http/responses';
import type { TimelineEvent } from '../state/customer';
import { EVENT_TYPES, type EventType } from '../state/timeline';
import { byCustomer } from './user-ref';

const MAX_COUNT = 1000;

/** Inferred: which lines each view shows; the names of the views are seen in published client code. */
const VIEWS: Readonly<Record<string, (slug: TimelineEvent['type']) => boolean>> = {
  END_USER_MEMBER_STATEMENT: (slug) => slug !== 'account',
  ACCOUNT_AUDIT_LOG: (slug) => slug === 'account',
};

/**
 * The history of a customer, newest first. Source: SessionM docs, t_get_timeline.
 *
 * Inferred: the code of each error, that times are milliseconds, and that `event_types` is a comma list of slugs.
 */
const read: Handler = ({ parameters, query }, store) => {
  const customer = store.named(parameters);
  const count = wholeOf(query.get('count'), 'count', MAX_COUNT) ?? MAX_COUNT;
  const since = wholeOf(query.get('since'), 'since', Number.MAX_SAFE_INTEGER) ?? 0;
  const asked = query.get('event_types')?.split(',').filter(Boolean) ?? [];
  if (asked.some((slug) => !EVENT_TYPES.some((type) => type.slug === slug))) {
    throw new ApiFailure('argument_error', 'event_types has an unknown type.');
  }
  const { view = '' } = parameters;
  const shows = Object.hasOwn(VIEWS, view) ? VIEWS[view] : undefined;
  if (shows === undefined) throw new ApiFailure('not_found', 'No such view.');
  const types = EVENT_TYPES.filter(({ slug }) => shows(slug));
  const rows = customer.timeline
    .filter(({ type, at }) => shows(type) && at >= since && (asked.length === 0 || asked.includes(type)))
    .sort((a, b) => b.at - a.at || b.id - a.id)
    .slice(0, count);
  return {
    status: 'ok',
    result: rows.flatMap((row) => {
      const type = types.find(({ slug }) => slug === row.type);
      return type === undefined ? [] : [rowOf(row, type, customer.id)];
    }),
    grouping_field: null,
    count: rows.length,
    event_types: types.map(({ id, name, slug, categoryId }) => ({
      id,
      name,
      slug,
      event_stream_event_category_id: categoryId,
      event_stream_stream_id: 1,
    })),
  };
};

/** Timelines: what happened to a customer, view by view. */
export const TIMELINE_ROUTES: readonly Route[] = byCustomer('GET', '/timelines/:view', read);

function rowOf(row: TimelineEvent, type: EventType, userId: string): JsonObject {
  return {
    event_stream_stream_id: row.streamId,
    event_stream_event_category_id: type.categoryId,
    event_stream_event_type_id: type.id,
    target_id: row.targetId,
    timestamp: row.at,
    created_at: row.at,
    event_stream_payload: {
      ...row.payload,
      event_category_name: type.categoryName,
      event_category_slug: type.categorySlug,
      event_type_name: type.name,
      event_type_slug: type.slug,
      rewards_system_id: 1,
      request_id: null,
      user_id: userId,
    },
    contexts: [],
  };
}

function wholeOf(text: string | null, name: string, max: number): number | null {
  if (text === null || text === '') return null;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= 0 && number <= max)) {
    throw new ApiFailure('argument_error', `${name} must be a whole number of at most ${max}.`);
  }
  return number;
}
