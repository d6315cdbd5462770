// The requests of "API Starter Pack" as TypeScript knows them, written by `driftgate types`. Do not edit.
declare namespace Driftgate {
  interface Requests {
    /** GET Check Core credentials */
    "setup-and-authentication/check-core-credentials": {
      variables: "core_host" | "api_key" | "api_secret";
      body: never;
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
      };
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
      body: {
        readonly user?: {
          readonly email?: string | null;
          readonly external_id?: string | null;
          readonly external_id_type?: string | null;
          readonly first_name?: string | null;
          readonly last_name?: string | null;
          readonly gender?: string | null;
          readonly dob?: string | null;
          readonly address?: string | null;
          readonly address2?: string | null;
          readonly city?: string | null;
          readonly state?: string | null;
          readonly zip?: string | null;
          readonly country?: string | null;
          readonly dma?: string | null;
          readonly locale?: string | null;
          readonly opted_in?: boolean | null;
          readonly phone_numbers?: readonly ({
            readonly phone_number?: string | null;
            readonly phone_type?: string | null;
            readonly preference_flags?: readonly (string)[] | null;
          })[] | null;
          readonly user_profile?: {
            readonly favorite_store?: string | null;
            readonly interests?: readonly (string)[] | null;
          } | null;
        } | null;
      };
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
      body: {
        readonly user?: {
          readonly email?: string | null;
          readonly external_id?: string | null;
          readonly external_id_type?: string | null;
          readonly first_name?: string | null;
          readonly last_name?: string | null;
          readonly gender?: string | null;
          readonly dob?: string | null;
          readonly address?: string | null;
          readonly address2?: string | null;
          readonly city?: string | null;
          readonly state?: string | null;
          readonly zip?: string | null;
          readonly country?: string | null;
          readonly dma?: string | null;
          readonly locale?: string | null;
          readonly opted_in?: boolean | null;
          readonly phone_numbers?: readonly ({
            readonly phone_number?: string | null;
            readonly phone_type?: string | null;
            readonly preference_flags?: readonly (string)[] | null;
          })[] | null;
          readonly user_profile?: {
            readonly favorite_store?: string | null;
            readonly interests?: readonly (string)[] | null;
          } | null;
        } | null;
      };
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
      body: never;
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
      body: never;
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
      body: never;
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
      body: never;
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
      body: never;
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
      body: never;
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
      body: {
        readonly user_profile?: {
          readonly preferred_language?: string | null;
          readonly newsletter?: boolean | null;
        } | null;
      };
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
      body: {
        readonly user?: {
          readonly first_name?: string | null;
          readonly city?: string | null;
          readonly user_profile?: {
            readonly favorite_store?: string | null;
          } | null;
        } | null;
      };
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
      body: {
        readonly user?: {
          readonly last_name?: string | null;
          readonly opted_in?: boolean | null;
        } | null;
      };
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
      body: {
        readonly user?: {
          readonly phone_numbers?: readonly ({
            readonly phone_number?: string | null;
            readonly phone_type?: string | null;
            readonly preference_flags?: readonly (string)[] | null;
          } | {
            readonly phone_number?: string | null;
            readonly phone_type?: string | null;
            readonly preference_flags?: readonly unknown[] | null;
          })[] | null;
        } | null;
      };
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
      body: {
        readonly tags?: readonly (string)[] | null;
      };
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
      body: {
        readonly tags?: readonly (string)[] | null;
      };
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
      body: {
        readonly tags?: readonly (string)[] | null;
        readonly ttl?: number | null;
      };
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
      body: {
        readonly tags?: readonly (string)[] | null;
      };
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
      body: never;
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
    /** POST Send simple event */
    "events-and-timeline/send-simple-event": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      body: {
        readonly events?: {
          readonly order?: number | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Changed state of the account. */
        readonly user: {
          /** Customer. */
          readonly id: string;
          /** Points to spend. */
          readonly available_points: number;
          /** Name of the tier level. */
          readonly tier?: string;
        };
        /** Progress that changed, by name of the behaviour. */
        readonly deltas: { readonly [name: string]: {
          /** count, unique or composite. */
          readonly type: string;
          /** How often it was achieved by this. */
          readonly achieved: number;
          /** How often it was done. */
          readonly current_count: number;
          /** How often it must be done. */
          readonly total_count: number;
          /** Points that it gave. */
          readonly points: number;
        } };
        /** What the customer should be told. */
        readonly notifications: readonly ({
          /** Notification. */
          readonly id: string | number;
          /** Campaign. */
          readonly campaign_id: number;
          /** Kind of the notification. */
          readonly type: string;
          /** Name of the behaviour. */
          readonly behavior?: string;
          /** Text for people. */
          readonly message?: string | null;
        })[];
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Changed state of the account. */
          readonly user: {
            /** Customer. */
            readonly id: string;
            /** Points to spend. */
            readonly available_points: number;
            /** Name of the tier level. */
            readonly tier?: string;
          };
          /** Progress that changed, by name of the behaviour. */
          readonly deltas: { readonly [name: string]: {
            /** count, unique or composite. */
            readonly type: string;
            /** How often it was achieved by this. */
            readonly achieved: number;
            /** How often it was done. */
            readonly current_count: number;
            /** How often it must be done. */
            readonly total_count: number;
            /** Points that it gave. */
            readonly points: number;
          } };
          /** What the customer should be told. */
          readonly notifications: readonly ({
            /** Notification. */
            readonly id: string | number;
            /** Campaign. */
            readonly campaign_id: number;
            /** Kind of the notification. */
            readonly type: string;
            /** Name of the behaviour. */
            readonly behavior?: string;
            /** Text for people. */
            readonly message?: string | null;
          })[];
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Send event with context */
    "events-and-timeline/send-event-with-context": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret" | "event_transaction_id";
      body: {
        readonly events?: {
          readonly profile_done?: {
            readonly transaction_id?: string | null;
            readonly qty?: string | null;
            readonly date?: string | null;
            readonly context?: {
              readonly page?: string | null;
              readonly source?: string | null;
            } | null;
          } | null;
        } | null;
        readonly auto_claim?: boolean | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Changed state of the account. */
        readonly user: {
          /** Customer. */
          readonly id: string;
          /** Points to spend. */
          readonly available_points: number;
          /** Name of the tier level. */
          readonly tier?: string;
        };
        /** Progress that changed, by name of the behaviour. */
        readonly deltas: { readonly [name: string]: {
          /** count, unique or composite. */
          readonly type: string;
          /** How often it was achieved by this. */
          readonly achieved: number;
          /** How often it was done. */
          readonly current_count: number;
          /** How often it must be done. */
          readonly total_count: number;
          /** Points that it gave. */
          readonly points: number;
        } };
        /** What the customer should be told. */
        readonly notifications: readonly ({
          /** Notification. */
          readonly id: string | number;
          /** Campaign. */
          readonly campaign_id: number;
          /** Kind of the notification. */
          readonly type: string;
          /** Name of the behaviour. */
          readonly behavior?: string;
          /** Text for people. */
          readonly message?: string | null;
        })[];
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Changed state of the account. */
          readonly user: {
            /** Customer. */
            readonly id: string;
            /** Points to spend. */
            readonly available_points: number;
            /** Name of the tier level. */
            readonly tier?: string;
          };
          /** Progress that changed, by name of the behaviour. */
          readonly deltas: { readonly [name: string]: {
            /** count, unique or composite. */
            readonly type: string;
            /** How often it was achieved by this. */
            readonly achieved: number;
            /** How often it was done. */
            readonly current_count: number;
            /** How often it must be done. */
            readonly total_count: number;
            /** Points that it gave. */
            readonly points: number;
          } };
          /** What the customer should be told. */
          readonly notifications: readonly ({
            /** Notification. */
            readonly id: string | number;
            /** Campaign. */
            readonly campaign_id: number;
            /** Kind of the notification. */
            readonly type: string;
            /** Name of the behaviour. */
            readonly behavior?: string;
            /** Text for people. */
            readonly message?: string | null;
          })[];
        } | CoreError;
        401: CoreError;
      };
    };
    /** POST Send event by external id */
    "events-and-timeline/send-event-by-external-id": {
      variables: "core_host" | "api_key" | "external_id" | "api_secret";
      body: {
        readonly events?: {
          readonly order?: number | null;
        } | null;
      };
      success: Requests["events-and-timeline/send-event-by-external-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Changed state of the account. */
          readonly user: {
            /** Customer. */
            readonly id: string;
            /** Points to spend. */
            readonly available_points: number;
            /** Name of the tier level. */
            readonly tier?: string;
          };
          /** Progress that changed, by name of the behaviour. */
          readonly deltas: { readonly [name: string]: {
            /** count, unique or composite. */
            readonly type: string;
            /** How often it was achieved by this. */
            readonly achieved: number;
            /** How often it was done. */
            readonly current_count: number;
            /** How often it must be done. */
            readonly total_count: number;
            /** Points that it gave. */
            readonly points: number;
          } };
          /** What the customer should be told. */
          readonly notifications: readonly ({
            /** Notification. */
            readonly id: string | number;
            /** Campaign. */
            readonly campaign_id: number;
            /** Kind of the notification. */
            readonly type: string;
            /** Name of the behaviour. */
            readonly behavior?: string;
            /** Text for people. */
            readonly message?: string | null;
          })[];
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Trigger loyalty event */
    "events-and-timeline/trigger-loyalty-event": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "event_lookup";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly event_lookup?: string | null;
        readonly include_progress?: boolean | null;
        readonly is_session_m?: boolean | null;
      };
      success: Requests["events-and-timeline/trigger-loyalty-event"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** The event as it was saved. */
            readonly user_event: {
              /** The event. */
              readonly id: string;
              /** When it happened, ISO 8601. */
              readonly time_of_occurrence: string;
              /** Tenant. */
              readonly retailer_id: string;
              /** Key of the event. */
              readonly event_lookup: string;
              /** Customer. */
              readonly user_id: string;
              /** Whether it comes from the platform itself; clients send it as text too. */
              readonly is_session_m: boolean | string;
            };
            /** Whether the event was saved. */
            readonly event_saved_successfully: boolean;
            /** Whether the rules ran. */
            readonly rules_processed_successfully: boolean;
            /** What the rules gave. */
            readonly outcomes: readonly ({
              /** Whether it was given. */
              readonly is_outcome_applied: boolean;
              /** Kind of the outcome; the numbers are not published. */
              readonly discriminator: number;
              /** Points. */
              readonly points_awarded?: number;
            })[];
          };
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** GET Get member statement */
    "events-and-timeline/get-member-statement": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      body: never;
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Events, newest first. */
        readonly result: readonly TimelineEvent[];
        /** Field that the events are grouped by. */
        readonly grouping_field?: string | null;
        /** Events in this answer. */
        readonly count?: number | null;
        /** Event types of the view. */
        readonly event_types: readonly ({
          /** Event type. */
          readonly id: number;
          /** Name. */
          readonly name: string;
          /** Name for machines. */
          readonly slug: string;
          /** Category. */
          readonly event_stream_event_category_id: number;
          /** Stream, a number here. */
          readonly event_stream_stream_id: number;
        })[];
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Events, newest first. */
          readonly result: readonly TimelineEvent[];
          /** Field that the events are grouped by. */
          readonly grouping_field?: string | null;
          /** Events in this answer. */
          readonly count?: number | null;
          /** Event types of the view. */
          readonly event_types: readonly ({
            /** Event type. */
            readonly id: number;
            /** Name. */
            readonly name: string;
            /** Name for machines. */
            readonly slug: string;
            /** Category. */
            readonly event_stream_event_category_id: number;
            /** Stream, a number here. */
            readonly event_stream_stream_id: number;
          })[];
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** GET Get member statement, filtered by type and since */
    "events-and-timeline/get-member-statement-filtered-by-type-and-since": {
      variables: "core_host" | "api_key" | "external_id" | "api_secret";
      body: never;
      success: Requests["events-and-timeline/get-member-statement-filtered-by-type-and-since"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Events, newest first. */
          readonly result: readonly TimelineEvent[];
          /** Field that the events are grouped by. */
          readonly grouping_field?: string | null;
          /** Events in this answer. */
          readonly count?: number | null;
          /** Event types of the view. */
          readonly event_types: readonly ({
            /** Event type. */
            readonly id: number;
            /** Name. */
            readonly name: string;
            /** Name for machines. */
            readonly slug: string;
            /** Category. */
            readonly event_stream_event_category_id: number;
            /** Stream, a number here. */
            readonly event_stream_stream_id: number;
          })[];
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Get all balances */
    "points/get-all-balances": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
      };
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly deposit_details?: readonly ({
          readonly point_source_id?: string | null;
          readonly point_account_id?: string | null;
          readonly amount?: number | null;
          readonly reference_id?: string | null;
          readonly reference_type?: string | null;
        })[] | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
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
          /** Result of the call. */
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly point_account_ids?: readonly (string)[] | null;
      };
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly spend_details?: readonly ({
          readonly amount?: number | null;
          readonly point_account_ids?: readonly (string)[] | null;
          readonly reference_id?: string | null;
          readonly reference_type?: string | null;
          readonly idempotency_id?: string | null;
        })[] | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: PointBalances & {
          /** What became of each spend. */
          readonly spend_results: readonly SpendResult[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly spend_details?: readonly ({
          readonly amount?: number | null;
          readonly point_account_ids?: readonly (string)[] | null;
          readonly reference_id?: string | null;
          readonly reference_type?: string | null;
          readonly idempotency_id?: string | null;
        })[] | null;
      };
      success: Requests["points/spend-points-repeat-with-the-same-idempotency-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly from_date?: string | null;
        readonly to_date?: string | null;
        readonly skip?: number | null;
        readonly take?: number | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** Movements, newest first. */
          readonly results: readonly PointMovement[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
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
      body: never;
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly ids?: readonly (string)[] | null;
      };
      success: Requests["tiers-and-progress/get-rule-tree-progress"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
      };
      success: Requests["tiers-and-progress/evaluate-tier-qualification"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
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
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly tier_system_id?: string | null;
        readonly tier_level_id?: string | null;
        readonly process_intermediate_levels?: boolean | null;
        readonly evaluate_qualifying_rules?: boolean | null;
      };
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
    /** POST Issue offer */
    "offers-wallet/issue-offer": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "offer_id";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly offer_id?: string | null;
        readonly quantity?: number | null;
        readonly issue_exact_version?: boolean | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** One entry for each copy. */
          readonly status_list: readonly ({
            /** Customer. */
            readonly user_id: string;
            /** The copy. */
            readonly user_offer_id: string;
            /** Version of the offer. */
            readonly offer_id: string;
            /** The offer over all versions. */
            readonly root_offer_id: string;
            /** Whether data is still to come. */
            readonly pending_extended_data: boolean;
            /** Why it failed, 0 for not at all. */
            readonly fail_reason: number;
          })[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** One entry for each copy. */
            readonly status_list: readonly ({
              /** Customer. */
              readonly user_id: string;
              /** The copy. */
              readonly user_offer_id: string;
              /** Version of the offer. */
              readonly offer_id: string;
              /** The offer over all versions. */
              readonly root_offer_id: string;
              /** Whether data is still to come. */
              readonly pending_extended_data: boolean;
              /** Why it failed, 0 for not at all. */
              readonly fail_reason: number;
            })[];
          };
        } | ConnectError;
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Get user offers */
    "offers-wallet/get-user-offers": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly skip?: number | null;
        readonly take?: number | null;
        readonly include_pending_extended_data?: boolean | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** The customer. */
          readonly user: {
            /** Whether the customer opted in. */
            readonly opted_in: boolean;
            /** Whether the customer is activated. */
            readonly activated: boolean;
          };
          /** Customer. */
          readonly user_id: string;
          /** Copies in the wallet. */
          readonly user_offers: readonly UserOffer[];
          /** Copies in all. */
          readonly total_records: number;
          /** Groups of the offers. */
          readonly offer_groups: readonly OfferGroup[];
          /** Categories of the offers. */
          readonly offer_categories: readonly OfferGroup[];
          /** Points in all. */
          readonly total_points: number;
          /** Points to spend. */
          readonly available_points: number;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** The customer. */
            readonly user: {
              /** Whether the customer opted in. */
              readonly opted_in: boolean;
              /** Whether the customer is activated. */
              readonly activated: boolean;
            };
            /** Customer. */
            readonly user_id: string;
            /** Copies in the wallet. */
            readonly user_offers: readonly UserOffer[];
            /** Copies in all. */
            readonly total_records: number;
            /** Groups of the offers. */
            readonly offer_groups: readonly OfferGroup[];
            /** Categories of the offers. */
            readonly offer_categories: readonly OfferGroup[];
            /** Points in all. */
            readonly total_points: number;
            /** Points to spend. */
            readonly available_points: number;
          };
        } | ConnectError;
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Get offer details and inventory */
    "offers-wallet/get-offer-details-and-inventory": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "culture" | "offer_id";
      body: {
        readonly retailer_id?: string | null;
        readonly culture?: string | null;
        readonly offer_ids?: readonly (string)[] | null;
        readonly skip?: number | null;
        readonly take?: number | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** One entry for each offer. */
          readonly results: readonly ({
            /** Offer. */
            readonly offer_id: string;
            /** Copies issued. */
            readonly acquisition_count: number | null;
            /** Copies redeemed. */
            readonly redemption_count: number | null;
            /** Copies that there are in all; null is without limit. */
            readonly total_inventory: number | null;
            /** Copies left; null is without limit. */
            readonly available_inventory_remaining: number | null;
          })[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** One entry for each offer. */
            readonly results: readonly ({
              /** Offer. */
              readonly offer_id: string;
              /** Copies issued. */
              readonly acquisition_count: number | null;
              /** Copies redeemed. */
              readonly redemption_count: number | null;
              /** Copies that there are in all; null is without limit. */
              readonly total_inventory: number | null;
              /** Copies left; null is without limit. */
              readonly available_inventory_remaining: number | null;
            })[];
          };
        } | ConnectError;
        401: ConnectError;
      };
    };
    /** POST Update issued offer */
    "offers-wallet/update-issued-offer": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "user_offer_id";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly user_offer_id?: string | null;
        readonly custom_data?: string | null;
        readonly remain_pending_extended_data?: boolean | null;
        readonly update_redemption_dates?: boolean | null;
      };
      success: Requests["offers-wallet/update-issued-offer"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Nothing more. */
          readonly payload: { readonly [name: string]: unknown } | null;
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Redeem manually */
    "offers-wallet/redeem-manually": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "user_offer_id";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly user_offer_id?: string | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** The copy. */
          readonly user_offer_id: string;
          /** When, ISO 8601. */
          readonly redeem_date: string;
          /** Whether it was redeemed. */
          readonly is_successful: boolean;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** The copy. */
            readonly user_offer_id: string;
            /** When, ISO 8601. */
            readonly redeem_date: string;
            /** Whether it was redeemed. */
            readonly is_successful: boolean;
          };
        } | ConnectError;
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Revoke offer */
    "offers-wallet/revoke-offer": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "culture" | "revocable_offer_id";
      body: {
        readonly retailer_id?: string | null;
        readonly culture?: string | null;
        readonly user_offer_id?: string | null;
        readonly reason?: string | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Nothing more. */
        readonly payload: { readonly [name: string]: unknown } | null;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Nothing more. */
          readonly payload: { readonly [name: string]: unknown } | null;
        } | ConnectError;
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Create reward store */
    "reward-store/create-reward-store": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "culture" | "run_label" | "point_account_id";
      body: {
        readonly retailer_id?: string | null;
        readonly culture?: string | null;
        readonly name?: string | null;
        readonly point_account_ids?: readonly (string)[] | null;
        readonly start_date?: string | null;
        readonly is_active?: boolean | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: RewardStore & {
          /** Whether customers can buy in it. */
          readonly is_active: boolean;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: RewardStore & {
            /** Whether customers can buy in it. */
            readonly is_active: boolean;
          };
        } | ConnectError;
        401: ConnectError;
      };
    };
    /** POST Add offer to reward store */
    "reward-store/add-offer-to-reward-store": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "culture" | "reward_store_id" | "root_offer_id";
      body: {
        readonly retailer_id?: string | null;
        readonly culture?: string | null;
        readonly reward_store_id?: string | null;
        readonly root_offer_id?: string | null;
        readonly price?: number | null;
        readonly start_date?: string | null;
      };
      success: Requests["reward-store/add-offer-to-reward-store"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The offer in the store. */
          readonly payload: RewardStoreOffer;
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Get user reward stores with balances */
    "reward-store/get-user-reward-stores-with-balances": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly include_point_balances?: boolean | null;
      };
      success: Requests["reward-store/get-user-reward-stores-with-balances"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** Stores that are open. */
            readonly reward_stores: readonly RewardStore[];
            /** Balances of the customer. */
            readonly point_account_balances?: PointBalances;
          };
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** POST Get reward store offers */
    "reward-store/get-reward-store-offers": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "culture" | "open_reward_store_id";
      body: {
        readonly retailer_id?: string | null;
        readonly culture?: string | null;
        readonly reward_store_ids?: readonly (string)[] | null;
        readonly limit_to_only_active?: boolean | null;
        readonly exclude_free_offers?: boolean | null;
        readonly include_expired?: boolean | null;
        readonly sort_column?: string | null;
        readonly sort_direction?: string | null;
        readonly skip?: number | null;
        readonly take?: number | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** Offers on this page. */
          readonly reward_store_offers: readonly (RewardStoreOffer & {
            /** What is sold. */
            readonly offer_details: Offer;
          })[];
          /** Offers in all. */
          readonly total_rows: number;
          /** Offers before this page. */
          readonly skip: number;
          /** Offers on a page. */
          readonly take: number;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** Offers on this page. */
            readonly reward_store_offers: readonly (RewardStoreOffer & {
              /** What is sold. */
              readonly offer_details: Offer;
            })[];
            /** Offers in all. */
            readonly total_rows: number;
            /** Offers before this page. */
            readonly skip: number;
            /** Offers on a page. */
            readonly take: number;
          };
        } | ConnectError;
        401: ConnectError;
      };
    };
    /** POST Purchase reward store offer */
    "reward-store/purchase-reward-store-offer": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "user_id" | "culture" | "reward_store_id" | "reward_store_offer_id" | "point_account_id";
      body: {
        readonly retailer_id?: string | null;
        readonly user_id?: string | null;
        readonly culture?: string | null;
        readonly reward_store_id?: string | null;
        readonly reward_store_offer_id?: string | null;
        readonly point_account_ids?: readonly (string)[] | null;
        readonly quantity?: number | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** Whether it was bought. */
          readonly is_successful: boolean;
          /** Points that are left to spend. */
          readonly points_remaining: number;
          /** The copy that was bought. */
          readonly user_offer: UserOffer;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** Whether it was bought. */
            readonly is_successful: boolean;
            /** Points that are left to spend. */
            readonly points_remaining: number;
            /** The copy that was bought. */
            readonly user_offer: UserOffer;
          };
        } | ConnectError;
        401: ConnectError;
      };
    };
    /** POST Deactivate reward store */
    "reward-store/deactivate-reward-store": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "culture" | "reward_store_id" | "point_account_id";
      body: {
        readonly retailer_id?: string | null;
        readonly culture?: string | null;
        readonly id?: string | null;
        readonly point_account_ids?: readonly (string)[] | null;
        readonly is_active?: boolean | null;
      };
      success: Requests["reward-store/deactivate-reward-store"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: RewardStore & {
            /** Whether customers can buy in it. */
            readonly is_active: boolean;
          };
        };
        401: ConnectError;
        404: ConnectError;
      };
    };
    /** GET List all campaigns */
    "campaigns-and-promo-codes/list-all-campaigns": {
      variables: "core_host" | "api_key" | "api_secret";
      body: never;
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Page, from 1. */
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
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Page, from 1. */
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
        } | CoreError;
        401: CoreError;
      };
    };
    /** GET Get customer's campaigns */
    "campaigns-and-promo-codes/get-customer-s-campaigns": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      body: never;
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Campaigns by the kind of their creative. */
        readonly campaigns: {
          /** Campaigns shown as tiles. */
          readonly tiles?: readonly Campaign[];
          /** Campaigns shown as promotions. */
          readonly promotions?: readonly Campaign[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Campaigns by the kind of their creative. */
          readonly campaigns: {
            /** Campaigns shown as tiles. */
            readonly tiles?: readonly Campaign[];
            /** Campaigns shown as promotions. */
            readonly promotions?: readonly Campaign[];
          };
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** GET Get customer's campaigns by external id */
    "campaigns-and-promo-codes/get-customer-s-campaigns-by-external-id": {
      variables: "core_host" | "api_key" | "external_id" | "api_secret";
      body: never;
      success: Requests["campaigns-and-promo-codes/get-customer-s-campaigns-by-external-id"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Campaigns by the kind of their creative. */
          readonly campaigns: {
            /** Campaigns shown as tiles. */
            readonly tiles?: readonly Campaign[];
            /** Campaigns shown as promotions. */
            readonly promotions?: readonly Campaign[];
          };
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Opt in to campaign */
    "campaigns-and-promo-codes/opt-in-to-campaign": {
      variables: "core_host" | "api_key" | "user_id" | "campaign_id" | "api_secret";
      body: { readonly [name: string]: unknown };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The campaign. */
        readonly campaign: Campaign;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The campaign. */
          readonly campaign: Campaign;
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Create promo code list */
    "campaigns-and-promo-codes/create-promo-code-list": {
      variables: "core_host" | "api_key" | "api_secret" | "run_label" | "promo_code";
      body: {
        readonly promotion?: {
          readonly name?: string | null;
          readonly type?: string | null;
          readonly code?: string | null;
          readonly start_date?: string | null;
          readonly end_date?: string | null;
          readonly points?: number | null;
          readonly global_entry_cap?: number | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The list. */
        readonly promotion: {
          /** List. */
          readonly id: number;
          /** Name for people. */
          readonly name: string;
          /** single_use, multi_use or third_party. */
          readonly type: string;
          /** pending, active or completed. */
          readonly state: string;
          /** The code. */
          readonly code?: string | null;
          /** Points that a claim gives. */
          readonly points: number;
          /** From when; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
          readonly start_date: string;
          /** Until when; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
          readonly end_date: string;
          /** Claims over all customers; null is without limit. */
          readonly global_entry_cap: number | null;
          /** When it was made; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
          readonly created_at: string;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The list. */
          readonly promotion: {
            /** List. */
            readonly id: number;
            /** Name for people. */
            readonly name: string;
            /** single_use, multi_use or third_party. */
            readonly type: string;
            /** pending, active or completed. */
            readonly state: string;
            /** The code. */
            readonly code?: string | null;
            /** Points that a claim gives. */
            readonly points: number;
            /** From when; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
            readonly start_date: string;
            /** Until when; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
            readonly end_date: string;
            /** Claims over all customers; null is without limit. */
            readonly global_entry_cap: number | null;
            /** When it was made; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
            readonly created_at: string;
          };
        } | CoreError;
        401: CoreError;
      };
    };
    /** POST Claim promo code */
    "campaigns-and-promo-codes/claim-promo-code": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret" | "promo_code";
      body: {
        readonly code?: string | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** What was claimed. */
        readonly claim: {
          /** List. */
          readonly promotion_id: number;
          /** The code. */
          readonly code: string;
          /** Points that it gave. */
          readonly points: number;
          /** When; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
          readonly claimed_at: string;
        };
        /** Changed state of the account. */
        readonly user: {
          /** Customer. */
          readonly id: string;
          /** Points to spend. */
          readonly available_points: number;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** What was claimed. */
          readonly claim: {
            /** List. */
            readonly promotion_id: number;
            /** The code. */
            readonly code: string;
            /** Points that it gave. */
            readonly points: number;
            /** When; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
            readonly claimed_at: string;
          };
          /** Changed state of the account. */
          readonly user: {
            /** Customer. */
            readonly id: string;
            /** Points to spend. */
            readonly available_points: number;
          };
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Look up customer by e-mail */
    "pos-lookup-and-discounting/look-up-customer-by-e-mail": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "email";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly email?: string | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Result of the call. */
        readonly payload: {
          /** Customer. */
          readonly user_id: string;
          /** Your own id. */
          readonly external_id?: string | null;
          /** First name. */
          readonly first_name?: string | null;
          /** Last name. */
          readonly last_name?: string | null;
          /** E-mail. */
          readonly email?: string | null;
          /** Phone number, digits only. */
          readonly phone?: string | null;
          /** Points to spend. */
          readonly available_points: number;
          /** Name of the tier level. */
          readonly tier?: string | null;
          /** Offers: all of the wallet, or with a transaction those that it can use. */
          readonly discounts: readonly Discount[];
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Result of the call. */
          readonly payload: {
            /** Customer. */
            readonly user_id: string;
            /** Your own id. */
            readonly external_id?: string | null;
            /** First name. */
            readonly first_name?: string | null;
            /** Last name. */
            readonly last_name?: string | null;
            /** E-mail. */
            readonly email?: string | null;
            /** Phone number, digits only. */
            readonly phone?: string | null;
            /** Points to spend. */
            readonly available_points: number;
            /** Name of the tier level. */
            readonly tier?: string | null;
            /** Offers: all of the wallet, or with a transaction those that it can use. */
            readonly discounts: readonly Discount[];
          };
        } | PosError;
        401: PosError;
        404: PosError;
      };
    };
    /** POST Look up customer with transaction */
    "pos-lookup-and-discounting/look-up-customer-with-transaction": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "external_id" | "pos_transaction_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly external_customer_id?: string | null;
          readonly transaction?: {
            readonly transaction_id?: string | null;
            readonly pos_employee_id?: string | null;
            readonly is_closed?: boolean | null;
            readonly is_voided?: boolean | null;
            readonly subtotal?: number | null;
            readonly tax_total?: number | null;
            readonly open_time?: string | null;
            readonly modified_time?: string | null;
            readonly channel?: string | null;
            readonly items?: readonly ({
              readonly line_id?: string | null;
              readonly item_id?: string | null;
              readonly quantity?: number | null;
              readonly unit_price?: number | null;
              readonly subtotal?: number | null;
              readonly tax_included?: number | null;
            })[] | null;
            readonly payments?: readonly unknown[] | null;
            readonly discounts?: readonly unknown[] | null;
          } | null;
        } | null;
      };
      success: Requests["pos-lookup-and-discounting/look-up-customer-with-transaction"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Result of the call. */
          readonly payload: {
            /** Customer. */
            readonly user_id: string;
            /** Your own id. */
            readonly external_id?: string | null;
            /** First name. */
            readonly first_name?: string | null;
            /** Last name. */
            readonly last_name?: string | null;
            /** E-mail. */
            readonly email?: string | null;
            /** Phone number, digits only. */
            readonly phone?: string | null;
            /** Points to spend. */
            readonly available_points: number;
            /** Name of the tier level. */
            readonly tier?: string | null;
            /** Offers: all of the wallet, or with a transaction those that it can use. */
            readonly discounts: readonly Discount[];
          };
        };
        401: PosError;
        404: PosError;
      };
    };
    /** POST Lock offer */
    "pos-lookup-and-discounting/lock-offer": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "pos_offer_id" | "pos_transaction_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly offer_lookup_code?: string | null;
          readonly offer_lookup_type?: string | null;
          readonly transaction?: {
            readonly transaction_id?: string | null;
            readonly pos_employee_id?: string | null;
            readonly is_closed?: boolean | null;
            readonly is_voided?: boolean | null;
            readonly subtotal?: number | null;
            readonly tax_total?: number | null;
            readonly open_time?: string | null;
            readonly modified_time?: string | null;
            readonly channel?: string | null;
            readonly items?: readonly ({
              readonly line_id?: string | null;
              readonly item_id?: string | null;
              readonly quantity?: number | null;
              readonly unit_price?: number | null;
              readonly subtotal?: number | null;
              readonly tax_included?: number | null;
            })[] | null;
            readonly payments?: readonly unknown[] | null;
            readonly discounts?: readonly unknown[] | null;
          } | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Result of the call. */
        readonly payload: Discount & { readonly [name: string]: unknown };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Result of the call. */
          readonly payload: Discount & { readonly [name: string]: unknown };
        } | PosError;
        401: PosError;
        404: PosError;
      };
    };
    /** POST Unlock offer */
    "pos-lookup-and-discounting/unlock-offer": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "pos_offer_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly user_offer_id?: string | null;
          readonly employee_id?: string | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Nothing. */
        readonly payload?: { readonly [name: string]: unknown } | null;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Nothing. */
          readonly payload?: { readonly [name: string]: unknown } | null;
        } | PosError;
        401: PosError;
      };
    };
    /** POST Redeem offer at once */
    "pos-lookup-and-discounting/redeem-offer-at-once": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "pos_offer_id" | "pos_transaction_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly offer_lookup_code?: string | null;
          readonly offer_lookup_type?: string | null;
          readonly transaction?: {
            readonly transaction_id?: string | null;
            readonly pos_employee_id?: string | null;
            readonly is_closed?: boolean | null;
            readonly is_voided?: boolean | null;
            readonly subtotal?: number | null;
            readonly tax_total?: number | null;
            readonly open_time?: string | null;
            readonly modified_time?: string | null;
            readonly channel?: string | null;
            readonly items?: readonly ({
              readonly line_id?: string | null;
              readonly item_id?: string | null;
              readonly quantity?: number | null;
              readonly unit_price?: number | null;
              readonly subtotal?: number | null;
              readonly tax_included?: number | null;
            })[] | null;
            readonly payments?: readonly unknown[] | null;
            readonly discounts?: readonly unknown[] | null;
          } | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Result of the call. */
        readonly payload: Discount & { readonly [name: string]: unknown };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Result of the call. */
          readonly payload: Discount & { readonly [name: string]: unknown };
        } | PosError;
        401: PosError;
      };
    };
    /** POST Reinstate offer */
    "pos-lookup-and-discounting/reinstate-offer": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "pos_offer_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly user_offer_id?: string | null;
          readonly employee_id?: string | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Nothing. */
        readonly payload?: { readonly [name: string]: unknown } | null;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Nothing. */
          readonly payload?: { readonly [name: string]: unknown } | null;
        } | PosError;
        401: PosError;
      };
    };
    /** POST Send purchase */
    "transactions/send-purchase": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "purchase_request_id" | "culture" | "transaction_id" | "user_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly transaction_id?: string | null;
          readonly pos_employee_id?: string | null;
          readonly is_closed?: boolean | null;
          readonly is_voided?: boolean | null;
          readonly subtotal?: number | null;
          readonly tax_total?: number | null;
          readonly open_time?: string | null;
          readonly modified_time?: string | null;
          readonly channel?: string | null;
          readonly items?: readonly ({
            readonly line_id?: string | null;
            readonly item_id?: string | null;
            readonly quantity?: number | null;
            readonly unit_price?: number | null;
            readonly subtotal?: number | null;
            readonly tax_included?: number | null;
          })[] | null;
          readonly payments?: readonly ({
            readonly payment_id?: string | null;
            readonly type?: string | null;
            readonly amount?: number | null;
            readonly payment_time?: string | null;
            readonly user_id?: string | null;
            readonly user_id_type?: string | null;
          })[] | null;
          readonly discounts?: readonly unknown[] | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Nothing. */
        readonly payload?: { readonly [name: string]: unknown } | null;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Nothing. */
          readonly payload?: { readonly [name: string]: unknown } | null;
        } | PosError;
        401: PosError;
      };
    };
    /** POST Send purchase, repeat with the same request_id */
    "transactions/send-purchase-repeat-with-the-same-request-id": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "purchase_request_id" | "culture" | "transaction_id" | "user_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly transaction_id?: string | null;
          readonly pos_employee_id?: string | null;
          readonly is_closed?: boolean | null;
          readonly is_voided?: boolean | null;
          readonly subtotal?: number | null;
          readonly tax_total?: number | null;
          readonly open_time?: string | null;
          readonly modified_time?: string | null;
          readonly channel?: string | null;
          readonly items?: readonly ({
            readonly line_id?: string | null;
            readonly item_id?: string | null;
            readonly quantity?: number | null;
            readonly unit_price?: number | null;
            readonly subtotal?: number | null;
            readonly tax_included?: number | null;
          })[] | null;
          readonly payments?: readonly ({
            readonly payment_id?: string | null;
            readonly type?: string | null;
            readonly amount?: number | null;
            readonly payment_time?: string | null;
            readonly user_id?: string | null;
            readonly user_id_type?: string | null;
          })[] | null;
          readonly discounts?: readonly unknown[] | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Nothing. */
        readonly payload?: { readonly [name: string]: unknown } | null;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Nothing. */
          readonly payload?: { readonly [name: string]: unknown } | null;
        } | PosError;
        401: PosError;
      };
    };
    /** POST Lock offer for the purchase */
    "transactions/lock-offer-for-the-purchase": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "pos_offer_id" | "discounted_transaction_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly offer_lookup_code?: string | null;
          readonly offer_lookup_type?: string | null;
          readonly transaction?: {
            readonly transaction_id?: string | null;
            readonly pos_employee_id?: string | null;
            readonly is_closed?: boolean | null;
            readonly is_voided?: boolean | null;
            readonly subtotal?: number | null;
            readonly tax_total?: number | null;
            readonly open_time?: string | null;
            readonly modified_time?: string | null;
            readonly channel?: string | null;
            readonly items?: readonly ({
              readonly line_id?: string | null;
              readonly item_id?: string | null;
              readonly quantity?: number | null;
              readonly unit_price?: number | null;
              readonly subtotal?: number | null;
              readonly tax_included?: number | null;
            })[] | null;
            readonly payments?: readonly unknown[] | null;
            readonly discounts?: readonly unknown[] | null;
          } | null;
        } | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "OK";
        /** Result of the call. */
        readonly payload: Discount & { readonly [name: string]: unknown };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Result of the call. */
          readonly payload: Discount & { readonly [name: string]: unknown };
        } | PosError;
        401: PosError;
        404: PosError;
      };
    };
    /** POST Send purchase with locked discount */
    "transactions/send-purchase-with-locked-discount": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "discounted_transaction_id" | "user_id" | "pos_offer_id" | "pos_discount_id" | "discount_amount";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly transaction_id?: string | null;
          readonly pos_employee_id?: string | null;
          readonly is_closed?: boolean | null;
          readonly is_voided?: boolean | null;
          readonly subtotal?: number | null;
          readonly tax_total?: number | null;
          readonly open_time?: string | null;
          readonly modified_time?: string | null;
          readonly channel?: string | null;
          readonly items?: readonly ({
            readonly line_id?: string | null;
            readonly item_id?: string | null;
            readonly quantity?: number | null;
            readonly unit_price?: number | null;
            readonly subtotal?: number | null;
            readonly tax_included?: number | null;
          })[] | null;
          readonly payments?: readonly ({
            readonly payment_id?: string | null;
            readonly type?: string | null;
            readonly amount?: number | null;
            readonly payment_time?: string | null;
            readonly user_id?: string | null;
            readonly user_id_type?: string | null;
          })[] | null;
          readonly discounts?: readonly ({
            readonly reference_id?: string | null;
            readonly reference_id_type?: string | null;
            readonly pos_discount_id?: string | null;
            readonly status?: string | null;
            readonly display_name?: string | null;
            readonly discount_source?: string | null;
            readonly amount?: unknown;
            readonly stack_order?: number | null;
          })[] | null;
        } | null;
      };
      success: Requests["transactions/send-purchase-with-locked-discount"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Nothing. */
          readonly payload?: { readonly [name: string]: unknown } | null;
        };
        401: PosError;
        404: PosError;
      };
    };
    /** POST Send partial return */
    "transactions/send-partial-return": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "transaction_id" | "user_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly transaction_id?: string | null;
          readonly pos_employee_id?: string | null;
          readonly is_closed?: boolean | null;
          readonly is_voided?: boolean | null;
          readonly subtotal?: number | null;
          readonly tax_total?: number | null;
          readonly open_time?: string | null;
          readonly modified_time?: string | null;
          readonly channel?: string | null;
          readonly items?: readonly ({
            readonly line_id?: string | null;
            readonly item_id?: string | null;
            readonly quantity?: number | null;
            readonly unit_price?: number | null;
            readonly subtotal?: number | null;
            readonly tax_included?: number | null;
          })[] | null;
          readonly payments?: readonly ({
            readonly payment_id?: string | null;
            readonly type?: string | null;
            readonly amount?: number | null;
            readonly payment_time?: string | null;
            readonly user_id?: string | null;
            readonly user_id_type?: string | null;
          })[] | null;
          readonly discounts?: readonly unknown[] | null;
        } | null;
      };
      success: Requests["transactions/send-partial-return"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Nothing. */
          readonly payload?: { readonly [name: string]: unknown } | null;
        };
        401: PosError;
        404: PosError;
      };
    };
    /** POST Void transaction */
    "transactions/void-transaction": {
      variables: "pos_host" | "pos_key" | "pos_secret" | "store_id" | "client_id" | "culture" | "transaction_id" | "user_id";
      body: {
        readonly store_id?: string | null;
        readonly client_id?: string | null;
        readonly request_id?: string | null;
        readonly culture?: string | null;
        readonly request_payload?: {
          readonly transaction_id?: string | null;
          readonly pos_employee_id?: string | null;
          readonly is_closed?: boolean | null;
          readonly is_voided?: boolean | null;
          readonly subtotal?: number | null;
          readonly tax_total?: number | null;
          readonly open_time?: string | null;
          readonly modified_time?: string | null;
          readonly channel?: string | null;
          readonly items?: readonly ({
            readonly line_id?: string | null;
            readonly item_id?: string | null;
            readonly quantity?: number | null;
            readonly unit_price?: number | null;
            readonly subtotal?: number | null;
            readonly tax_included?: number | null;
          })[] | null;
          readonly payments?: readonly ({
            readonly payment_id?: string | null;
            readonly type?: string | null;
            readonly amount?: number | null;
            readonly payment_time?: string | null;
            readonly user_id?: string | null;
            readonly user_id_type?: string | null;
          })[] | null;
          readonly discounts?: readonly unknown[] | null;
        } | null;
      };
      success: Requests["transactions/void-transaction"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "OK";
          /** Nothing. */
          readonly payload?: { readonly [name: string]: unknown } | null;
        };
        401: PosError;
        404: PosError;
      };
    };
    /** POST Get store transactions */
    "transactions/get-store-transactions": {
      variables: "connect_host" | "connect_key" | "connect_secret" | "retailer_id" | "culture" | "user_id" | "store_id";
      body: {
        readonly retailer_id?: string | null;
        readonly culture?: string | null;
        readonly user_id?: string | null;
        readonly store_id?: string | null;
        readonly from_date?: string | null;
        readonly to_date?: string | null;
        readonly skip?: number | null;
        readonly take?: number | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** Result of the call. */
        readonly payload: {
          /** Purchases in all. */
          readonly total_records: number;
          /** Purchases on this page. */
          readonly results: readonly PosTransaction[];
          /** What to send for the next page; null on the last one. */
          readonly pagination_token?: string | null;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** Result of the call. */
          readonly payload: {
            /** Purchases in all. */
            readonly total_records: number;
            /** Purchases on this page. */
            readonly results: readonly PosTransaction[];
            /** What to send for the next page; null on the last one. */
            readonly pagination_token?: string | null;
          };
        } | ConnectError;
        401: ConnectError;
      };
    };
    /** POST Send SMS validation code */
    "account-administration/send-sms-validation-code": {
      variables: "core_host" | "api_key" | "api_secret" | "external_id";
      body: {
        readonly external_id?: string | null;
        readonly to_phone_number?: string | null;
        readonly message_text?: string | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The code that was sent. */
        readonly validation: {
          /** The validation. */
          readonly id: string | number;
          /** Customer. */
          readonly external_id: string;
          /** Where the code went. */
          readonly to_phone_number: string;
          /** What became of it. */
          readonly status: string;
        };
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The code that was sent. */
          readonly validation: {
            /** The validation. */
            readonly id: string | number;
            /** Customer. */
            readonly external_id: string;
            /** Where the code went. */
            readonly to_phone_number: string;
            /** What became of it. */
            readonly status: string;
          };
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Create legacy customer */
    "account-administration/create-legacy-customer": {
      variables: "core_host" | "api_key" | "api_secret" | "legacy_external_id" | "legacy_email";
      body: {
        readonly user?: {
          readonly external_id?: string | null;
          readonly external_id_type?: string | null;
          readonly email?: string | null;
          readonly first_name?: string | null;
          readonly last_name?: string | null;
          readonly opted_in?: boolean | null;
        } | null;
      };
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
    /** POST Merge accounts */
    "account-administration/merge-accounts": {
      variables: "core_host" | "api_key" | "external_id" | "api_secret" | "legacy_external_id";
      body: {
        readonly legacy_external_id?: string | null;
      };
      success: {
        /** Outcome of the call. */
        readonly status: "ok";
        /** The customer. */
        readonly user: Customer;
      };
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The customer. */
          readonly user: Customer;
        } | CoreError;
        401: CoreError;
        404: CoreError;
      };
    };
    /** POST Forget customer */
    "account-administration/forget-customer": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      body: { readonly [name: string]: unknown };
      success: Requests["account-administration/forget-customer"]['responses'][200];
      responses: {
        200: {
          /** Outcome of the call. */
          readonly status: "ok";
          /** The request. */
          readonly privacy_request: {
            /** The request. */
            readonly id: string | number;
            /** Kind, here forget. */
            readonly type: string;
            /** Customer. */
            readonly user_id: string;
            /** What became of it. */
            readonly status: string;
            /** When; ISO 8601 or YYYY-MM-DD HH:MM:SS. */
            readonly created_at: string;
          };
        };
        401: CoreError;
        404: CoreError;
      };
    };
    /** DELETE Delete customer */
    "account-administration/delete-customer": {
      variables: "core_host" | "api_key" | "user_id" | "api_secret";
      body: never;
      success: Requests["account-administration/delete-customer"]['responses'][200];
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
  type TimelineEvent = {
    /** Stream. */
    readonly event_stream_stream_id: string;
    /** Category. */
    readonly event_stream_event_category_id: number;
    /** Event type. */
    readonly event_stream_event_type_id: number;
    /** What the event is about. */
    readonly target_id: number;
    /** When it happened, epoch milliseconds; the unit is inferred. */
    readonly timestamp: number;
    /** When it was written down, epoch milliseconds; the unit is inferred. */
    readonly created_at: number;
    /** Data of the event; what else it has depends on its type. */
    readonly event_stream_payload: {
      /** Name of the category. */
      readonly event_category_name?: string;
      /** Category for machines. */
      readonly event_category_slug?: string;
      /** Name of the event type. */
      readonly event_type_name?: string;
      /** Event type for machines. */
      readonly event_type_slug?: string;
      /** Rewards system. */
      readonly rewards_system_id?: number;
      /** Request that caused it. */
      readonly request_id?: string | null;
      /** Customer. */
      readonly user_id?: string;
    };
    /** Extra data. */
    readonly contexts: readonly ({ readonly [name: string]: unknown })[];
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
  type UserOffer = {
    /** The copy. */
    readonly id: string;
    /** Version of the offer. */
    readonly offer_id: string;
    /** The offer over all versions. */
    readonly root_offer_id: string;
    /** Group; all zeros for none. */
    readonly offer_group_id: string;
    /** Kind, such as manual_fulfillment or percent_discount. */
    readonly offer_type: string;
    /** Name for people. */
    readonly name: string;
    /** Text for people. */
    readonly description?: string | null;
    /** Whether it can be used now. */
    readonly is_redeemable: boolean;
    /** From when, ISO 8601. */
    readonly start_date: string;
    /** Until when, ISO 8601. */
    readonly expiration_date?: string | null;
    /** Until when it can be redeemed, ISO 8601. */
    readonly redemption_end_date?: string | null;
    /** Pictures and the like. */
    readonly media: readonly OfferMedia[];
    /** Terms for people. */
    readonly terms?: string | null;
    /** When it was issued, ISO 8601. */
    readonly acquire_date?: string;
    /** When it was redeemed, ISO 8601. */
    readonly redeem_date?: string | null;
    /** Key of the discount in the POS. */
    readonly pos_discount_id?: string | null;
    /** State of the copy. */
    readonly status?: string;
  };
  type OfferGroup = {
    /** Group or category. */
    readonly id: string;
    /** Name. */
    readonly name: string;
    /** Place in the list. */
    readonly sort_order: number;
  };
  type RewardStore = {
    /** Store. */
    readonly id: string;
    /** Name for people. */
    readonly name: string;
    /** From when, ISO 8601. */
    readonly start_date: string;
    /** Until when, ISO 8601; null is without end. */
    readonly end_date: string | null;
    /** Accounts whose points it takes. */
    readonly point_account_ids: readonly string[];
  };
  type RewardStoreOffer = {
    /** The offer in the store. */
    readonly id: string;
    /** The offer over all versions. */
    readonly root_offer_id: string;
    /** Store. */
    readonly reward_store_id: string;
    /** Price in points. */
    readonly price: number;
    /** From when, ISO 8601. */
    readonly start_date: string;
    /** Until when, ISO 8601; null is without end. */
    readonly end_date: string | null;
  };
  type Offer = {
    /** Name for those who run the store. */
    readonly internal_name: string;
    /** Name for customers. */
    readonly title: string;
    /** Text for customers. */
    readonly description: string;
    /** Terms for customers. */
    readonly terms: string;
    /** Pictures and the like. */
    readonly media: readonly OfferMedia[];
    /** Picture in the store. */
    readonly reward_store_media: OfferMedia;
    /** Price in points. */
    readonly points?: number | null;
    /** From when it can be had, ISO 8601. */
    readonly acquisition_start_date: string;
    /** Until when it can be had, ISO 8601. */
    readonly acquisition_end_date?: string | null;
    /** Key of the discount in the POS. */
    readonly pos_discount_id?: string | null;
    /** State; the numbers are not published. */
    readonly offer_status: number;
    /** Limits of the stock. */
    readonly offer_inventory_restrictions: readonly unknown[];
  };
  type Discount = {
    /** The copy of the offer. */
    readonly reference_id: string;
    /** What that id is, such as UserOfferId. */
    readonly reference_id_type: string;
    /** Key of the discount in the POS. */
    readonly pos_discount_id?: string | null;
    /** State, such as locked or redeemed. */
    readonly status?: string | null;
    /** Name for people. */
    readonly display_name: string;
    /** Address of the picture. */
    readonly image_url?: string | null;
    /** Lines that it takes something off. */
    readonly discounted_line_ids?: readonly string[] | null;
    /** How many of each line. */
    readonly discounted_line_id_quantities?: readonly number[] | null;
    /** Who gives it, such as SessionM. */
    readonly discount_source: string;
    /** Money that it takes off, in units. */
    readonly amount?: number;
    /** Order in which discounts apply. */
    readonly stack_order: number;
    /** When, ISO 8601. */
    readonly applied_time?: string;
    /** Customer. */
    readonly user_id?: string | null;
  };
  type PosError = {
    /** Anything but OK. */
    readonly status: string;
    /** One error as an object. */
    readonly errors: {
      /** Error code; its name on the wire is inferred. */
      readonly code?: string | null;
      /** Text for people. */
      readonly message?: string | null;
      /** What is wrong, field by field. */
      readonly validation?: readonly unknown[];
    };
  };
  type PosTransaction = {
    /** The platform's own id. */
    readonly id: string;
    /** Tenant. */
    readonly retailer_id: string;
    /** The platform's own id of the store. */
    readonly store_id: string;
    /** Id of the POS. */
    readonly pos_transaction_id: string;
    /** Who sold. */
    readonly pos_employee_id: string | null;
    /** Table. */
    readonly table_id: string | null;
    /** Guests. */
    readonly guest_count: number;
    /** Whether it was taken back. */
    readonly is_voided: boolean;
    /** Whether it is paid. */
    readonly is_closed: boolean;
    /** Whether prices hold the tax. */
    readonly include_tax: boolean;
    /** Money before tax, in units. */
    readonly subtotal: number;
    /** Tax, in units; the request says tax_total. */
    readonly taxtotal: number;
    /** Money in all, in units. */
    readonly check_amount: number;
    /** Code on the receipt. */
    readonly guest_receipt_code: string | null;
    /** Where it was sold, such as POS. */
    readonly channel: string;
    /** Time zone of the store. */
    readonly store_time_zone: string;
    /** When it was processed, ISO 8601. */
    readonly sm_transaction_process_date: string;
    /** When it began, ISO 8601. */
    readonly open_time: string;
    /** When the POS changed it, ISO 8601. */
    readonly modified_time: string;
    /** When it was written down, ISO 8601. */
    readonly create_date: string;
    /** When it was changed, ISO 8601. */
    readonly last_updated: string;
    /** What was sold. */
    readonly items: readonly ({
      /** Row. */
      readonly id: string;
      /** Purchase. */
      readonly transaction_id: string;
      /** Tenant. */
      readonly retailer_id: string;
      /** Store. */
      readonly store_id: string;
      /** When it was written down, ISO 8601. */
      readonly create_date: string;
      /** When it was changed, ISO 8601. */
      readonly last_updated: string;
      /** Item in the catalogue. */
      readonly master_item_id: string;
      /** Item in the POS. */
      readonly pos_item_key: string;
      /** How many. */
      readonly quantity: number;
      /** Price of one, in units. */
      readonly unit_price: number;
      /** Price of all, in units. */
      readonly subtotal: number;
      /** Tax in it, in units. */
      readonly tax_included: number;
      /** Line. */
      readonly line_id: string;
      /** Line that it changes. */
      readonly modifies_line_id: string | null;
    })[];
    /** How it was paid. */
    readonly payments: readonly ({
      /** Row. */
      readonly id: string;
      /** Purchase. */
      readonly transaction_id: string;
      /** Tenant. */
      readonly retailer_id: string;
      /** Store. */
      readonly store_id: string;
      /** When it was written down, ISO 8601. */
      readonly create_date: string;
      /** When it was changed, ISO 8601. */
      readonly last_updated: string;
      /** Id of the POS. */
      readonly payment_id: string;
      /** Kind, such as card. */
      readonly type: string;
      /** Money, in units; negative for money that was given back. */
      readonly amount: number;
      /** When, ISO 8601. */
      readonly payment_time: string;
      /** Code on the receipt. */
      readonly receipt_code: string | null;
      /** Customer. */
      readonly user_id: string | null;
      /** What that id is. */
      readonly user_id_type: string | null;
    })[];
    /** What was taken off. */
    readonly discounts: readonly (Discount & {
      /** Row. */
      readonly id: string;
      /** Purchase. */
      readonly transaction_id: string;
    })[];
    /** Extra data. */
    readonly business_def_collection: readonly ({ readonly [name: string]: unknown })[];
    /** Where the items stand in the catalogue. */
    readonly catalog_lineages: { readonly [name: string]: unknown };
    /** Where the store stands among the locations. */
    readonly location_lineages: { readonly [name: string]: unknown };
    /** The same as lists, one for each line of descent. */
    readonly location_lineages_core: readonly (readonly ({
      /** Location. */
      readonly id: string;
      /** Name. */
      readonly name: string;
      /** Kind. */
      readonly type: string;
    })[])[];
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
  type OfferMedia = {
    /** Address of the picture, film or page. */
    readonly uri: string;
    /** Name of the kind. */
    readonly category_name: string;
    /** Medium. */
    readonly id?: string;
    /** Offer. */
    readonly offer_id?: string;
    /** Kind. */
    readonly category_id?: string;
    /** 1 image, 2 video, 3 audio, 4 web link; the numbers are inferred. */
    readonly content_type?: number;
    /** Language. */
    readonly culture?: string;
  };
}
