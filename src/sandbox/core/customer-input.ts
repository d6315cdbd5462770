import { isObject, type JsonObject } from '../http/call';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';
import type { Store } from '../state/store';

/** Attributes that are plain text and come back as they were sent. */
const TEXT_ATTRIBUTES = [
  'first_name',
  'last_name',
  'gender',
  'dob',
  'address',
  'address2',
  'city',
  'state',
  'zip',
  'country',
  'dma',
  'locale',
] as const;

const MINIMUM_AGE_YEARS = 13;

/** The `user` object of a body; fails with `missing_data` without one. */
export function userOf(body: unknown): JsonObject {
  if (body !== undefined && !isObject(body)) {
    throw new ApiFailure('argument_error', 'The body must be a JSON object.');
  }
  if (body?.user === undefined || body.user === null) {
    throw new ApiFailure('missing_data', 'The user object is missing.');
  }
  if (!isObject(body.user)) {
    throw new ApiFailure('argument_error', 'user must be an object.');
  }
  return body.user;
}

/**
 * The customer with the `user` object of a create or an update applied to it; the one given is not changed,
 * so a refused call leaves no trace.
 *
 * Arrays are replaced, the custom profile is merged by attribute, and what is not sent stays.
 * Errors: ApiFailure `validation` (age, e-mail, ids in use) or `argument_error` (type or form).
 */
export function applyUser(customer: Customer, user: JsonObject, store: Store, now: number): Customer {
  const next: Customer = { ...customer, attributes: { ...customer.attributes }, updatedAt: now };
  for (const name of TEXT_ATTRIBUTES) {
    const value = textOf(user, name);
    if (value !== undefined) {
      next.attributes[name] = value;
    }
  }
  checkGender(textOf(user, 'gender'));
  checkBirthday(textOf(user, 'dob'), now);
  next.email = emailOf(user, customer, store) ?? customer.email;
  next.identifiers = identifiersOf(user, customer, store);
  next.optedIn = optedInOf(user) ?? customer.optedIn;
  if (user.phone_numbers !== undefined) {
    next.phones = phonesOf(user.phone_numbers);
  }
  if (user.user_profile !== undefined) {
    applyProfile(next, user.user_profile);
  }
  return next;
}

/**
 * Adds custom attributes and counts the version up; the customer given is changed.
 *
 * Inferred: attributes that are not sent stay, and `_version` counts changes.
 */
export function applyProfile(customer: Customer, profile: unknown): void {
  if (!isObject(profile)) {
    throw new ApiFailure('argument_error', 'user_profile must be an object.');
  }
  const { _version: _ignored, ...attributes } = profile;
  customer.profile = { ...customer.profile, ...attributes };
  customer.profileVersion += 1;
}

function textOf(user: JsonObject, name: string): string | undefined {
  const value = user[name];
  if (value !== undefined && typeof value !== 'string') {
    throw new ApiFailure('argument_error', `${name} must be a string.`);
  }
  return value;
}

function checkGender(gender: string | undefined): void {
  if (gender !== undefined && gender !== 'm' && gender !== 'f') {
    throw new ApiFailure('argument_error', 'gender must be m or f.');
  }
}

function checkBirthday(dob: string | undefined, now: number): void {
  if (dob === undefined) {
    return;
  }
  const birthday = /^\d{4}-\d{2}-\d{2}$/.test(dob) ? new Date(`${dob}T00:00:00Z`) : undefined;
  // The round trip refuses days that do not exist, such as the 31st of February.
  if (birthday === undefined || Number.isNaN(birthday.getTime()) || !birthday.toISOString().startsWith(dob)) {
    throw new ApiFailure('argument_error', 'dob must be a date as YYYY-MM-DD.');
  }
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() - MINIMUM_AGE_YEARS);
  if (dob >= latest.toISOString().slice(0, 10)) {
    throw new ApiFailure('validation', `The customer must be more than ${MINIMUM_AGE_YEARS} years old.`);
  }
}

// Inferred: the docs allow one e-mail per profile; that it must be unique is read into that sentence.
function emailOf(user: JsonObject, customer: Customer, store: Store): string | undefined {
  const email = textOf(user, 'email');
  if (email === undefined) {
    return undefined;
  }
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new ApiFailure('validation', 'The e-mail address is not valid.');
  }
  const owner = store.findByEmail(email);
  if (owner !== undefined && owner.id !== customer.id) {
    throw new ApiFailure('validation', 'Another customer has this e-mail address.');
  }
  return email;
}

function identifiersOf(user: JsonObject, customer: Customer, store: Store): Customer['identifiers'] {
  const externalId = textOf(user, 'external_id');
  const type = textOf(user, 'external_id_type');
  if (externalId === undefined) {
    return customer.identifiers;
  }
  const owner = store.findByExternalId(externalId);
  // Inferred: an external id names one customer, since reading by it answers one.
  if (owner !== undefined && owner.id !== customer.id) {
    throw new ApiFailure('validation', 'Another customer has this external id.');
  }
  const known = customer.identifiers.find((identifier) => identifier.external_id === externalId);
  const others = customer.identifiers.filter((identifier) => identifier !== known);
  const changed = type === undefined ? {} : { external_id_type: type };
  return [{ ...known, external_id: externalId, ...changed }, ...others];
}

function optedInOf(user: JsonObject): boolean | undefined {
  const value = user.opted_in;
  // Clients send both spellings.
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  if (value !== undefined && typeof value !== 'boolean') {
    throw new ApiFailure('argument_error', 'opted_in must be a boolean.');
  }
  return value;
}

function phonesOf(value: unknown): JsonObject[] | null {
  if (!Array.isArray(value)) {
    throw new ApiFailure('argument_error', 'phone_numbers must be a list.');
  }
  // Observed on the live platform: a cleared list comes back as null, not as an empty list.
  return value.length === 0 ? null : value.map(phoneOf);
}

function phoneOf(value: unknown): JsonObject {
  if (!isObject(value) || typeof value.phone_number !== 'string' || value.phone_number === '') {
    throw new ApiFailure('argument_error', 'Each phone number needs a phone_number.');
  }
  const { phone_number, phone_type = 'mobile', preference_flags = [], verified_ownership = false } = value;
  const flags = Array.isArray(preference_flags) && preference_flags.every((flag) => typeof flag === 'string');
  if (typeof phone_type !== 'string' || !flags || typeof verified_ownership !== 'boolean') {
    throw new ApiFailure('argument_error', 'A phone number has a field of the wrong type.');
  }
  return { phone_number, phone_type, preference_flags, verified_ownership };
}
