import type { Handler, JsonObject, Route } from '../http/call';
import { ApiFailure } from '../http/responses';
import { CAMPAIGNS, type Campaign } from '../state/catalogue';
import type { Customer } from '../state/customer';
import { isRunning } from '../state/rules';
import { byCustomer, mustBeRegistered } from './user-ref';

const PAGE_SIZE = 25;
const SECTIONS = ['behaviors', 'progress', 'offers', 'redemptions'];
const CREATIVES: Readonly<Record<string, Campaign['kind']>> = { tiles: 'tiles', promotion: 'promotions' };

const list: Handler = ({ query, now }) => {
  const page = pageOf(query);
  const shown = page === 1 ? CAMPAIGNS : [];
  return {
    status: 'ok',
    page,
    page_size: PAGE_SIZE,
    number_of_pages: 1,
    campaigns: byKind(shown, (campaign) => viewOf(campaign, now)),
  };
};

/**
 * The running campaigns of a customer. Inferred: that all sections come where none is asked for, that `offers` and
 * `redemptions` add nothing here, and that a page without campaigns is `no_active_campaign_found`.
 */
const listForCustomer: Handler = ({ parameters, query, now }, store) => {
  const page = pageOf(query);
  const sections = namesOf(query.get('sections'), 'sections', SECTIONS);
  const creatives = namesOf(query.get('creatives'), 'creatives', Object.keys(CREATIVES));
  const customer = store.named(parameters);
  const kinds = creatives.map((name) => CREATIVES[name]);
  const running = CAMPAIGNS.filter((campaign) => kinds.includes(campaign.kind) && isRunning(campaign, now));
  if (page > 1 || running.length === 0) {
    throw new ApiFailure('no_active_campaign_found', 'No campaign is active.');
  }
  const shows = { behaviors: sections.includes('behaviors'), progress: sections.includes('progress') };
  return { status: 'ok', campaigns: byKind(running, (campaign) => viewOf(campaign, now, customer, shows)) };
};

/** Opts a customer in. Source of the rule: SessionM docs, uc_customer_optin_campaign. Inferred: path and answer. */
const optIn: Handler = ({ parameters, now }, store) => {
  const customer = mustBeRegistered(store.named(parameters));
  const campaign = CAMPAIGNS.find(({ id }) => String(id) === parameters.campaign_id);
  if (campaign === undefined) throw new ApiFailure('not_found', 'No such campaign.');
  if (!campaign.optIn || !isRunning(campaign, now)) {
    throw new ApiFailure('not_available', 'The customer cannot opt in to this campaign.');
  }
  customer.optIns.add(campaign.id);
  return { status: 'ok', campaign: viewOf(campaign, now, customer) };
};

/** Campaigns: all of them, and those of a customer. */
export const CAMPAIGN_ROUTES: readonly Route[] = [
  { family: 'core', method: 'GET', template: '/campaigns', handler: list },
  ...byCustomer('GET', '/campaigns', listForCustomer),
  ...byCustomer('POST', '/campaigns/:campaign_id/opt_in', optIn),
];

function pageOf(query: URLSearchParams): number {
  const page = query.get('page') ?? '1';
  if (!/^[1-9]\d{0,8}$/.test(page)) {
    throw new ApiFailure('argument_error', 'page must be a whole number from 1.');
  }
  return Number(page);
}

/** A comma list of known names; all of them where it is not given. */
function namesOf(text: string | null, name: string, known: readonly string[]): readonly string[] {
  const names = text === null || text === '' ? known : text.split(',');
  if (names.some((one) => !known.includes(one))) {
    throw new ApiFailure('argument_error', `${name} must be a comma list of ${known.join(', ')}.`);
  }
  return names;
}

function byKind(campaigns: readonly Campaign[], view: (campaign: Campaign) => JsonObject): JsonObject {
  const ofKind = (kind: Campaign['kind']): JsonObject[] =>
    campaigns.filter((campaign) => campaign.kind === kind).map(view);
  return { tiles: ofKind('tiles'), promotions: ofKind('promotions') };
}

function viewOf(
  campaign: Campaign,
  now: number,
  customer?: Customer,
  shows = { behaviors: true, progress: true },
): JsonObject {
  const year = new Date(now).getUTCFullYear();
  const { behavior, from, to } = campaign;
  const { current, achieved } = customer?.progress.get(campaign.id) ?? { current: 0, achieved: 0 };
  const state = achieved > 0 ? 'completed' : current > 0 ? 'in_progress' : 'not_started';
  return {
    campaign_id: campaign.id,
    name: campaign.name,
    start_date: `${year}-${from}`,
    end_date: `${year}-${to}`,
    custom_payload: campaign.payload,
    ...(customer !== undefined && shows.progress ? { progress: { state } } : {}),
    template: {
      type: campaign.kind === 'tiles' ? 'tile' : 'promotion',
      message: {
        header: campaign.header,
        description: campaign.description,
        image_url: `https://img.example.com/${campaign.image}.png`,
      },
    },
    // Inferred: the whole shape of a behaviour on this wire.
    ...(shows.behaviors
      ? {
          behaviors: {
            [behavior.name]: {
              type: 'count',
              achieved,
              points: behavior.outcome.points ?? 0,
              current_count: current,
              total_count: behavior.total,
              max_times_repeatable: behavior.repeatable,
              event_name: behavior.eventName,
            },
          },
        }
      : {}),
    ...(campaign.optIn ? { opt_in_starts_at: `${year}-${from}`, opt_in_ends_at: `${year}-${to}` } : {}),
  };
}
