/** What the sandbox's tenant has set up before any customer comes. All of it is invented. */

/** A bucket of points. Spends draw on the default one where they name none. */
export interface PointAccount {
  readonly id: string;
  readonly name: string;
  readonly groupingLabel: string;
}

/** Where points come from. */
export interface PointSource {
  readonly id: string;
  readonly name: string;
}

/** A rung of the ladder, reached by points ever earned. */
export interface TierLevel {
  readonly id: string;
  readonly name: string;
  /** 0 is the lowest. */
  readonly rank: number;
  readonly points: number;
}

/** One version of an offer, as it is defined. `status` other than live cannot be issued. */
export interface OfferDefinition {
  readonly id: string;
  /** The same over all versions. */
  readonly rootId: string;
  readonly type: 'manual_fulfillment' | 'fixed_amount_discount' | 'percent_discount';
  /** Money for a fixed amount, per cent for a percentage, 0 for what is handed out. */
  readonly value: number;
  readonly name: string;
  readonly description: string;
  readonly terms: string;
  readonly status: 'live' | 'draft';
  /** How many may be issued; `null` is without limit. */
  readonly inventory: number | null;
  readonly posDiscountId: string;
  /** Days from issue to expiry. */
  readonly validDays: number;
}

/** A promise of a campaign or of an economy rule: what a customer gets for what was counted. */
export interface Outcome {
  readonly points?: number;
  readonly offerId?: string;
  readonly tag?: string;
}

/** A count behaviour: so many events of one name, then the outcome. */
export interface Behavior {
  readonly name: string;
  readonly eventName: string;
  readonly total: number;
  readonly repeatable: number;
  readonly outcome: Outcome;
}

/** A campaign, which lasts one calendar year. `optIn`: nothing counts before the customer opted in. */
export interface Campaign {
  readonly id: number;
  readonly name: string;
  readonly kind: 'tiles' | 'promotions';
  readonly optIn: boolean;
  /** Month and day, such as `03-02`. */
  readonly from: string;
  readonly to: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly header: string;
  readonly description: string;
  readonly image: string;
  readonly behavior: Behavior;
}

export const POINT_ACCOUNTS: readonly [PointAccount, ...PointAccount[]] = [
  { id: 'a91f3d52-64c8-4b7e-b1d0-8e2c5f7a6b93', name: 'Spendable', groupingLabel: 'Spend' },
  { id: 'b02a4e63-75d9-4c8f-82e1-9f3d608b7ca4', name: 'Bonus', groupingLabel: 'Spend' },
];

/** The source of points that a purchase earns, and the one of everything else. */
export const PURCHASE_SOURCE: PointSource = { id: '1f6b8d20-3c57-4e9a-a6d4-5b7092c1e3f8', name: 'Purchases' };
export const ACTIVITY_SOURCE: PointSource = {
  id: '2a7c9e31-4d68-4fab-b7e5-6c81a3d2f409',
  name: 'Activities',
};
export const POINT_SOURCES: readonly PointSource[] = [PURCHASE_SOURCE, ACTIVITY_SOURCE];

export const TIER_SYSTEM = { id: 'd40c1b7e-2f95-4a83-9e61-70b8c3d5a2f1', name: 'Status tiers' } as const;
export const TIER_LEVELS: readonly [TierLevel, ...TierLevel[]] = [
  { id: 'e51d2c8f-30a6-4b94-8f72-81c9d4e6b302', name: 'Bronze', rank: 0, points: 0 },
  { id: 'f62e3d90-41b7-4ca5-9083-92dae5f7c413', name: 'Silver', rank: 1, points: 500 },
  { id: '073f4ea1-52c8-4db6-8194-a3ebf608d524', name: 'Gold', rank: 2, points: 2000 },
];
/** Inferred: one rule tree carries the customer to the next level. */
export const TIER_RULE = {
  treeId: '2b4c6d8e-0f1a-4324-9576-8b9c0d1e2f30',
  ruleId: '3c5d7e9f-1a2b-4435-8687-9c0d1e2f3041',
  constraintId: '4d6e8fa0-2b3c-4546-9798-0d1e2f304152',
} as const;

export const OFFERS: readonly [OfferDefinition, OfferDefinition, OfferDefinition, ...OfferDefinition[]] = [
  {
    id: '5e7f9b01-3c4d-4657-88a9-1e2f30415263',
    rootId: '6f80ac12-4d5e-4768-99ba-2f3041526374',
    type: 'fixed_amount_discount',
    value: 3,
    name: 'Free coffee',
    description: 'Three off your next order.',
    terms: 'One for each order.',
    status: 'live',
    inventory: null,
    posDiscountId: 'COFFEE',
    validDays: 30,
  },
  {
    id: '7091bd23-5e6f-4879-8acb-304152637485',
    rootId: '81a2ce34-6f70-498a-9bdc-415263748596',
    type: 'percent_discount',
    value: 10,
    name: 'Ten per cent off',
    description: 'Ten per cent off the whole order.',
    terms: 'Not with other offers.',
    status: 'live',
    inventory: null,
    posDiscountId: 'TENOFF',
    validDays: 14,
  },
  {
    id: '92b3df45-7081-4a9b-8ced-5263748596a7',
    rootId: 'a3c4e056-8192-4bac-9dfe-63748596a7b8',
    type: 'manual_fulfillment',
    value: 0,
    name: 'Tote bag',
    description: 'A bag to carry it home in.',
    terms: 'While stocks last.',
    status: 'live',
    inventory: 1_000_000,
    posDiscountId: 'TOTE',
    validDays: 90,
  },
  {
    id: 'b4d5f167-92a3-4cbd-8e0f-748596a7b8c9',
    rootId: 'c5e60278-a3b4-4dce-9f10-8596a7b8c9da',
    type: 'manual_fulfillment',
    value: 0,
    name: 'Concert ticket',
    description: 'Sold out since the first day.',
    terms: 'One for each customer.',
    status: 'live',
    inventory: 0,
    posDiscountId: 'TICKET',
    validDays: 7,
  },
];

export const CAMPAIGNS: readonly [Campaign, ...Campaign[]] = [
  {
    id: 4101,
    name: 'Welcome gift',
    kind: 'tiles',
    optIn: false,
    from: '01-01',
    to: '12-31',
    payload: { type: 'offer', offer_id: OFFERS[0].id },
    header: 'Welcome',
    description: 'A free coffee with your first order.',
    image: 'welcome',
    behavior: {
      name: 'first_order',
      eventName: 'order',
      total: 1,
      repeatable: 1,
      outcome: { points: 50, offerId: OFFERS[0].id, tag: 'welcomed' },
    },
  },
  {
    id: 4102,
    name: 'Three orders',
    kind: 'promotions',
    optIn: true,
    from: '01-01',
    to: '12-31',
    payload: { type: 'bonus' },
    header: 'Three for a hundred',
    description: 'A hundred points for every three orders.',
    image: 'three',
    behavior: { name: 'orders', eventName: 'order', total: 3, repeatable: 10, outcome: { points: 100 } },
  },
  {
    id: 4103,
    name: 'Complete your profile',
    kind: 'tiles',
    optIn: false,
    from: '01-01',
    to: '12-31',
    payload: { type: 'points' },
    header: 'Tell us more',
    description: 'Fifty points for a complete profile.',
    image: 'profile',
    behavior: {
      name: 'profile_done',
      eventName: 'profile_done',
      total: 1,
      repeatable: 1,
      outcome: { points: 50 },
    },
  },
];

/** Loyalty events by their lookup key: what each is worth. Another key is unknown. */
export const LOYALTY_EVENTS: Readonly<Record<string, Outcome>> = {
  REGISTERS_ONLINE_ACCOUNT: { points: 25 },
  WRITES_REVIEW: { points: 10 },
};

/** The store that is open from the start. */
export const SEEDED_STORE = {
  id: 'd6f71389-b4c5-4edf-8021-96a7b8c9daeb',
  name: 'Everyday rewards',
  offers: [
    { id: 'e708249a-c5d6-4fe0-9132-a7b8c9daebfc', rootId: OFFERS[2].rootId, price: 100 },
    { id: 'f81935ab-d6e7-40f1-8243-b8c9daebfc0d', rootId: OFFERS[0].rootId, price: 0 },
  ],
} as const;
