// The requests of "API Starter Pack" as TypeScript knows them, written by `driftgate types`. Do not edit.
declare namespace Driftgate {
  interface Requests {
    /** GET Check Core credentials */
    "setup-and-authentication/check-core-credentials": {
      variables: "core_host" | "api_key" | "api_secret";
      success: Requests["setup-and-authentication/check-core-credentials"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Page number, from 1. */
          readonly page?: number;
          /** Campaigns on a page. */
          readonly page_size?: number;
          /** Pages in all. */
          readonly number_of_pages?: number;
          /** Campaigns by the kind of their creative. */
          readonly campaigns: {
            /** Campaigns shown as tiles. */
            readonly tiles?: readonly Campaign[];
            /** Campaigns shown as promotions. */
            readonly promotions?: readonly Campaign[];
          };
        };
        401: CoreError;
      };
    };
    /** POST Check Connect credentials */
    "setup-and-authentication/check-connect-credentials": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "demo_user_id" | "culture";
      success: Requests["setup-and-authentication/check-connect-credentials"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Balances of the customer. */
          readonly payload: PointBalances;
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Create customer */
    "customers/create-customer": {
      variables: "core_host" | "api_key" | "message_id" | "api_secret" | "email" | "external_id";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The customer as stored. */
        readonly user: Customer;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer as stored. */
          readonly user: Customer;
        } | CoreError;
        401: CoreError;
      };
    };
    /** POST Create customer, repeat with the same Message-ID */
    "customers/create-customer-repeat-with-the-same-message-id": {
      variables: "core_host" | "api_key" | "message_id" | "api_secret" | "email" | "external_id";
      success: Requests["customers/create-customer-repeat-with-the-same-message-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer of the stored response. */
          readonly user: Customer;
        };
        401: CoreError;
      };
    };
    /** GET Get customer */
    "customers/get-customer": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      success: Requests["customers/get-customer"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer. */
          readonly user: Customer;
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** GET Get customer with profile, identifiers and incentives */
    "customers/get-customer-with-profile-identifiers-and-incentives": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      success: Requests["customers/get-customer-with-profile-identifiers-and-incentives"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer with all that was asked for. */
          readonly user: { readonly [name: string]: unknown } & Customer;
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** GET Get customer by external id */
    "customers/get-customer-by-external-id": {
      variables: "core_host" | "api_key" | "external_id" | "api_secret";
      success: Requests["customers/get-customer-by-external-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer. */
          readonly user: Customer;
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** GET Get several customers */
    "customers/get-several-customers": {
      variables: "core_host" | "api_key" | "user_id" | "second_user_id" | "api_secret";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The customers that were found. */
        readonly users: readonly Customer[];
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customers that were found. */
          readonly users: readonly Customer[];
        } | CoreError;
        401: CoreError;
      };
    };
    /** GET Search customer by e-mail */
    "customers/search-customer-by-e-mail": {
      variables: "core_host" | "api_key" | "email" | "api_secret";
      success: Requests["customers/search-customer-by-e-mail"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer with this e-mail. */
          readonly user: Customer;
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** GET Search customers */
    "customers/search-customers": {
      variables: "core_host" | "api_key" | "email" | "api_secret";
      success: {
        /** Outcome of the call. */
        readonly status?: "ok";
        /** The customers that were found. */
        readonly players: readonly Player[];
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status?: "ok";
          /** The customers that were found. */
          readonly players: readonly Player[];
        } | CoreError;
        401: CoreError;
      };
    };
    /** POST Add custom profile */
    "customers/add-custom-profile": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The custom profile as stored. */
        readonly user_profile: UserProfile;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The custom profile as stored. */
          readonly user_profile: UserProfile;
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** PUT Update customer */
    "customers/update-customer": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The customer, changed and unchanged attributes. */
        readonly user: Customer;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer, changed and unchanged attributes. */
          readonly user: Customer;
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** PUT Update customer by external id */
    "customers/update-customer-by-external-id": {
      variables: "core_host" | "api_key" | "external_id" | "api_secret";
      success: Requests["customers/update-customer-by-external-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer, changed and unchanged attributes. */
          readonly user: Customer;
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** PUT Replace phone numbers */
    "customers/replace-phone-numbers": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The customer, changed and unchanged attributes. */
        readonly user: Customer;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer, changed and unchanged attributes. */
          readonly user: Customer;
        } | CoreError;
        401: CoreError;
      };
    };
    /** POST Add counter tag */
    "customer-tags/add-counter-tag": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret" | "tag_name";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Tags by name. */
        readonly tags: { readonly [name: string]: Tag };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Tags by name. */
          readonly tags: { readonly [name: string]: Tag };
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Increment counter tag */
    "customer-tags/increment-counter-tag": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret" | "tag_name";
      success: Requests["customer-tags/increment-counter-tag"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Tags by name. */
          readonly tags: { readonly [name: string]: Tag };
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Add expiring tag */
    "customer-tags/add-expiring-tag": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret" | "tag_name";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Tags by name. */
        readonly tags: { readonly [name: string]: Tag };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Tags by name. */
          readonly tags: { readonly [name: string]: Tag };
        } | CoreError;
        401: CoreError;
      };
    };
    /** POST Add tag by external id */
    "customer-tags/add-tag-by-external-id": {
      variables: "core_host" | "api_key" | "external_id" | "api_secret";
      success: Requests["customer-tags/add-tag-by-external-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Tags by name. */
          readonly tags: { readonly [name: string]: Tag };
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** GET List tags */
    "customer-tags/list-tags": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      success: Requests["customer-tags/list-tags"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Tags by name. */
          readonly tags: { readonly [name: string]: Tag };
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Get all balances */
    "points/get-all-balances": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture";
      success: Requests["points/get-all-balances"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Balances of the customer. */
          readonly payload: PointBalances;
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Deposit points */
    "points/deposit-points": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "point_source_id" | "point_account_id" | "idempotency_id";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        readonly payload: PointBalances & ({
          /** What became of each deposit. */
          readonly deposit_results: readonly ({
            /** Account that received. */
            readonly point_account_id: string;
            /** Where the points came from. */
            readonly point_source_id: string;
            /** Points. */
            readonly amount: number;
            /** Your own reference. */
            readonly reference_id: string | null;
            /** Whether the points were deposited. */
            readonly is_successful: boolean;
          })[];
        });
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          readonly payload: PointBalances & ({
            /** What became of each deposit. */
            readonly deposit_results: readonly ({
              /** Account that received. */
              readonly point_account_id: string;
              /** Where the points came from. */
              readonly point_source_id: string;
              /** Points. */
              readonly amount: number;
              /** Your own reference. */
              readonly reference_id: string | null;
              /** Whether the points were deposited. */
              readonly is_successful: boolean;
            })[];
          });
        } | ConnectError;
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Get one account's balance */
    "points/get-one-account-s-balance": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "point_account_id";
      success: Requests["points/get-one-account-s-balance"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Balances of the accounts. */
          readonly payload: PointBalances;
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Spend points */
    "points/spend-points": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "point_account_id" | "idempotency_id";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        readonly payload: PointBalances & {
          /** What became of each spend. */
          readonly spend_results: readonly SpendResult[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          readonly payload: PointBalances & {
            /** What became of each spend. */
            readonly spend_results: readonly SpendResult[];
          };
        } | ConnectError;
        401: ConnectError;
      };
    };
    /** POST Spend points, repeat with the same idempotency id */
    "points/spend-points-repeat-with-the-same-idempotency-id": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "point_account_id" | "idempotency_id";
      success: Requests["points/spend-points-repeat-with-the-same-idempotency-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          readonly payload: PointBalances & {
            /** What became of each spend. */
            readonly spend_results: readonly SpendResult[];
          };
        };
        401: ConnectError;
      };
    };
    /** POST Fetch point audit log */
    "points/fetch-point-audit-log": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "audit_from";
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        readonly payload: {
          /** Movements, newest first. */
          readonly results: readonly PointMovement[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          readonly payload: {
            /** Movements, newest first. */
            readonly results: readonly PointMovement[];
          };
        } | ConnectError;
        401: ConnectError;
      };
    };
    /** GET Get tier details */
    "tiers-and-progress/get-tier-details": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      success: Requests["tiers-and-progress/get-tier-details"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer with all that was asked for. */
          readonly user: { readonly [name: string]: unknown } & Customer;
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Get rule tree progress */
    "tiers-and-progress/get-rule-tree-progress": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "rule_tree_id";
      success: Requests["tiers-and-progress/get-rule-tree-progress"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          readonly payload: {
            /** One entry for each rule tree. */
            readonly results: readonly TierProgress[];
          };
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Evaluate tier qualification */
    "tiers-and-progress/evaluate-tier-qualification": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture";
      success: Requests["tiers-and-progress/evaluate-tier-qualification"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          readonly payload: {
            /** Whether the customer moved to a higher level. */
            readonly qualified: boolean;
            /** Level of the customer. */
            readonly tier_level_id: string;
          };
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Move customer to tier level */
    "tiers-and-progress/move-customer-to-tier-level": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "tier_system_id" | "tier_level_id";
      success: Requests["tiers-and-progress/move-customer-to-tier-level"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Where the customer is now. */
          readonly payload: TierLevel;
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
  }
  type Campaign = {
    /** Id of the campaign. */
    readonly campaign_id: number;
    /** Name of the campaign. */
    readonly name?: string;
    /** First day. */
    readonly start_date?: string;
    /** Last day. */
    readonly end_date?: string;
    /** Data that the client put into the campaign. */
    readonly custom_payload?: { readonly [name: string]: unknown };
    /** How far the customer is. */
    readonly progress?: {
      /** State, such as in_progress; the set of values is not documented. */
      readonly state?: string;
    };
    /** What is shown. */
    readonly template?: {
      /** Kind of template. */
      readonly type?: string;
      /** Text and picture. */
      readonly message?: {
        /** Headline. */
        readonly header?: string;
        /** Text. */
        readonly description?: string;
        /** Address of the picture. */
        readonly image_url?: string;
      };
    };
    /** What a customer has to do, by name of the behaviour. */
    readonly behaviors?: { readonly [name: string]: {
      /** count, unique or composite. */
      readonly type?: string;
      /** Whether, or how often, it was achieved. */
      readonly achieved?: number | boolean;
      /** Points that it gives. */
      readonly points?: number;
      /** How often it was done. */
      readonly current_count?: number;
      /** How often it must be done. */
      readonly total_count?: number;
      /** How often it can be achieved. */
      readonly max_times_repeatable?: number | null;
      /** Event that it counts. */
      readonly event_name?: string;
    } };
    /** Id of the message. */
    readonly message_id?: string | number;
    /** Lasting address. */
    readonly permalink?: string | null;
    /** Id of the creative. */
    readonly creative_id?: string | number;
    /** Id of the group. */
    readonly group_id?: string | number | null;
    /** Version of the creative. */
    readonly version?: string | number | null;
    /** Kind of campaign. */
    readonly type?: string;
    /** When opting in becomes possible. */
    readonly opt_in_starts_at?: string | null;
    /** When opting in ends. */
    readonly opt_in_ends_at?: string | null;
    /** deep_link, full_screen or external_link. */
    readonly action_type?: string;
    /** Where the action leads. */
    readonly action_url?: string | null;
    /** Headline of the tile. */
    readonly header?: string;
    /** Second headline of the tile. */
    readonly subheader?: string | null;
    /** Text of the tile. */
    readonly description?: string;
    /** Address of the icon. */
    readonly icon_url?: string | null;
    /** Address of the picture. */
    readonly image_url?: string | null;
    /** Address of the film. */
    readonly video_url?: string | null;
    /** Points that the campaign gives. */
    readonly points?: number;
  };
  type CoreError = {
    /** Always error here, whatever the HTTP status. */
    readonly status: "error";
    /** One error as an object, never a list. */
    readonly errors: {
      /** Error code in lower snake case, such as user_not_found. */
      readonly code: string;
      /** Text for people. */
      readonly message?: string;
      /** Details about the customer, where a method adds them; type not known. */
      readonly user?: unknown;
    };
  };
  type PointBalances = {
    /** Tenant. */
    readonly retailer_id: string;
    /** Customer. */
    readonly user_id: string;
    /** Sums over all point accounts, in points. */
    readonly summary: {
      /** Points to spend, over all accounts. */
      readonly total_points: number;
      /** Points ever earned, over all accounts. */
      readonly life_time_points: number;
    };
    /** One entry for each point account. */
    readonly details: readonly ({
      /** Name of the point account. */
      readonly account_name: string;
      /** The customer's copy of the account. */
      readonly user_point_account_id: string;
      /** The point account. */
      readonly point_account_id: string;
      /** Label to group accounts by. */
      readonly grouping_label?: string | null;
      /** Points to spend. */
      readonly available_balance: number;
      /** Points ever earned. */
      readonly life_time_value: number;
    })[];
  };
  type ConnectError = {
    /** Outcome of the call. */
    readonly status: "error";
    /** One error as an object. */
    readonly errors: {
      /** Error code. */
      readonly code?: string | null;
      /** Kind of error. */
      readonly type?: string | null;
      /** Text for people, in the language of culture. */
      readonly message?: string | null;
      /** Text before translation. */
      readonly raw_message?: string | null;
      /** Where the platform failed; usually null. */
      readonly stack_trace?: string | null;
    };
  };
  type Customer = {
    /** Id given by the platform. */
    readonly id: string;
    /** External id; with several, the one changed last. */
    readonly external_id?: string;
    /** Whether the customer agreed to messages. */
    readonly opted_in: boolean;
    /** Whether the account is activated. */
    readonly activated: boolean;
    /** Whether the account is suspended. */
    readonly suspended: boolean;
    /** Whether this is a test account. */
    readonly test_account: boolean;
    /** Further aliases; empty when there are none. */
    readonly proxy_ids: readonly string[];
    /** Every external id; only with show_identifiers=true, and after some creates. */
    readonly identifiers?: readonly Identifier[];
    /** Points to spend; depends on a setting of the tenant. */
    readonly available_points?: number;
    /** Points of test activity; depends on a setting of the tenant. */
    readonly test_points?: number;
    /** Number of achievements not claimed yet; depends on a setting of the tenant. */
    readonly unclaimed_achievement_count?: number;
    /** E-mail address. */
    readonly email?: string | null;
    /** First name; absent when unset. */
    readonly first_name?: string;
    /** Last name; absent when unset. */
    readonly last_name?: string;
    /** m or f; absent when unset. */
    readonly gender?: "m" | "f";
    /** Date of birth; absent when unset. */
    readonly dob?: string;
    /** Address, first line; absent when unset. */
    readonly address?: string;
    /** Address, second line; absent when unset. */
    readonly address2?: string;
    /** City; absent when unset. */
    readonly city?: string;
    /** State; absent when unset. */
    readonly state?: string;
    /** Postal code; absent when unset. */
    readonly zip?: string;
    /** Market area code; absent when unset. */
    readonly dma?: string;
    /** Country, such as USA; absent when unset. */
    readonly country?: string;
    /** Locale, such as en-us; absent when unset. */
    readonly locale?: string;
    /** When the customer was created; ISO 8601, or YYYY-MM-DD HH:MM:SS. */
    readonly created_at?: string;
    /** When the customer was changed last; ISO 8601, or YYYY-MM-DD HH:MM:SS. */
    readonly updated_at?: string;
    /** When the customer registered, or null; ISO 8601, or YYYY-MM-DD HH:MM:SS. */
    readonly registered_at?: string | null;
    /** Address of the photo. */
    readonly profile_photo_url?: string | null;
    /** State of the account. Only good is documented, so that no other value can be called drift. */
    readonly account_status: string;
    /** Name of the tier; absent without tiers. */
    readonly tier?: string;
    /** Name of the tier system; absent without tiers. */
    readonly tier_system?: string;
    /** Points that count for the tier; absent without tiers. */
    readonly tier_points?: number;
    /** Points needed for the next tier; absent without tiers. */
    readonly next_tier_points?: number;
    /** Last number of points of the tier; absent without tiers. */
    readonly tier_ends_value?: number;
    /** Points needed to keep the tier; absent without tiers. */
    readonly maintenance_required_points?: number;
    /** Points earned to keep the tier; absent without tiers. */
    readonly maintenance_points?: number;
    /** When the tier was entered; absent without tiers; ISO 8601, or YYYY-MM-DD HH:MM:SS. */
    readonly tier_entered_at?: string;
    /** When the tier is evaluated anew; absent without tiers; ISO 8601, or YYYY-MM-DD HH:MM:SS. */
    readonly tier_resets_at?: string;
    /** Tier levels and balances; only with expand_incentives=true. */
    readonly tier_details?: TierDetails;
    /** Code to refer friends with. */
    readonly referrer_code?: string | null;
    /** Custom attributes; only on request, and echoed by create. */
    readonly user_profile?: UserProfile;
    /** Token for client-to-server calls; only when one was asked for. */
    readonly auth_token?: string;
    /** When the token expires. */
    readonly expires?: string;
    /** Phone numbers; null after the list was cleared. */
    readonly phone_numbers?: readonly Phone[] | null;
    /** Key saved by the registration of a device; its place is inferred. */
    readonly notification_key?: string;
  };
  type Player = {
    /** The same id as id. */
    readonly user_id: string;
  } & Customer;
  type UserProfile = {
    /** Version of the custom profile. */
    readonly _version: number;
  };
  /** A tag has a count or a lifetime, never both. */
  type Tag = {
    /** How often the tag was given. */
    readonly count: number;
  } | {
    /** Seconds that are left. */
    readonly ttl: number;
  };
  type SpendResult = {
    /** Points that were asked for. */
    readonly amount: number;
    /** Your own reference. */
    readonly reference_id: string | null;
    /** Id by which a repeat is known. */
    readonly idempotency_id: string | null;
    /** Whether the points were spent. */
    readonly is_successful: boolean;
    /** Accounts that the points came from. */
    readonly accounts: readonly ({
      /** Account. */
      readonly point_account_id: string;
      /** Points that it gave. */
      readonly amount: number;
    })[];
  };
  type PointMovement = {
    /** Row of the log. */
    readonly id: string;
    /** Tenant. */
    readonly retailer_id: string;
    /** Customer. */
    readonly user_id: string;
    /** Name of the account. */
    readonly account_name: string;
    /** Account. */
    readonly point_account_id: string;
    /** The customer's copy of the account. */
    readonly user_point_account_id: string;
    /** Points, negative where they left. */
    readonly modification: number;
    /** Points that were spent. */
    readonly amount_spent: number;
    /** Points that expired. */
    readonly amount_expired: number;
    /** Kind of the row; the numbers are not published. */
    readonly audit_type: number;
    /** Kind of the movement. */
    readonly modification_type?: string | null;
    /** What caused it. */
    readonly modification_entity_id?: string | null;
    /** Order in which points are spent. */
    readonly spend_weight: number;
    /** Where the points came from. */
    readonly point_source_id?: string | null;
    /** Name of the source. */
    readonly point_source_name?: string | null;
    /** When it happened, ISO 8601. */
    readonly time_of_occurrence: string;
    /** When it was written down, ISO 8601. */
    readonly create_date: string;
    /** Request that caused it. */
    readonly request_id?: string | null;
    /** Id by which a repeat is known. */
    readonly idempotency_id?: string | null;
    /** Purchase that it belongs to. */
    readonly transaction_id?: string | null;
  };
  type TierProgress = {
    /** Rule tree that leads to the tier. */
    readonly rule_tree_id: string;
    /** Rules of the tree with their results. */
    readonly rules: readonly ({
      /** What the rule measured, such as points. */
      readonly query_result?: number | null;
      /** Id of the rule. */
      readonly rule_id: string;
      /** Rule above this one. */
      readonly parent_id?: string | null;
      /** Id of the rule tree. */
      readonly tree_id: string;
      /** Whether the rule is met. */
      readonly rule_passed: boolean;
      /** Kind of rule; meaning of the numbers not known. */
      readonly discriminator: number;
      /** Name of the rule tree. */
      readonly rule_tree_name: string;
      /** Definition of the rule. */
      readonly rule: {
        /** Kind of rule; meaning of the numbers not known. */
        readonly discriminator: number;
        /** Points to reach. */
        readonly target_balance?: number | null;
        /** How to compare; meaning of the numbers not known. */
        readonly comparison?: number | null;
        /** Id of the rule. */
        readonly id: string;
        /** Tenant. */
        readonly retailer_id: string;
        /** Rule above this one. */
        readonly parent_id?: string | null;
        /** Order among the rules. */
        readonly rank: number;
        /** Editor state of the platform. */
        readonly is_new: boolean;
        /** What the rule looks at. */
        readonly constraints: readonly ({
          /** Kind of constraint; meaning of the numbers not known. */
          readonly discriminator: number;
          /** Names of point accounts by their id. */
          readonly point_accounts: { readonly [name: string]: string };
          /** Id of the constraint. */
          readonly id: string;
          /** Rule that the constraint belongs to. */
          readonly rule_id: string;
          /** Editor state of the platform. */
          readonly is_new: boolean;
          /** Order among the constraints. */
          readonly rank: number;
          /** Version of the constraint. */
          readonly version: number;
        })[];
      };
    })[];
  };
  type TierLevel = {
    /** Id of this membership. */
    readonly id: string;
    /** Tier system. */
    readonly tier_system_id: string;
    /** Tier level. */
    readonly tier_level_id: string;
    /** Customer. */
    readonly user_id: string;
    /** When the level was reached; date and time. */
    readonly join_date: string;
    /** When keeping the level is evaluated next; date and time. */
    readonly next_maintenance_eval_date?: string | null;
    /** The level held. */
    readonly tier_overview: TierOverview;
    /** The level above, or null at the top. */
    readonly next_tier_overview?: TierOverview | null;
    /** Progress towards other levels. */
    readonly tier_progress: readonly TierProgress[];
  };
  type Identifier = {
    /** Id given by the client. */
    readonly external_id: string;
    /** Label of where the id comes from. */
    readonly external_id_type?: string;
  };
  type TierDetails = {
    /** The level that the customer holds in each tier system. */
    readonly tier_levels: readonly TierLevel[];
    /** Balances of the point accounts. */
    readonly point_account_balances: PointBalances;
  };
  type Phone = {
    /** Phone number as stored. */
    readonly phone_number: string;
    /** Kind of number, such as mobile. */
    readonly phone_type?: string;
    /** Flags such as primary. */
    readonly preference_flags?: readonly string[];
    /** Whether the customer has proved to own the number. */
    readonly verified_ownership?: boolean;
  };
  type TierOverview = {
    /** Id of the tier level. */
    readonly id: string;
    /** Tier system that the level belongs to. */
    readonly tier_system_id: string;
    /** Tenant. */
    readonly retailer_id: string;
    /** Name of the tier level. */
    readonly name: string;
    /** Place in the ladder. */
    readonly rank: number;
    /** State of the level; meaning of the numbers not known. */
    readonly status: number;
  };
}
