import { resolve } from 'node:path';
import type { Project } from '../engine/project';
import { EnvironmentError, UsageError } from '../errors';
import type { HistoryRun, Notified } from '../history/run';
import type { Masker } from '../masking/masker';
import { credentialsIn } from '../masking/urls';
import { dueOf, notifiedAfter } from '../notify/due';
import { noticeOf } from '../notify/notice';
import {
  type Notifier,
  type NotifierInput,
  type NotifyFormat,
  notifiersOf,
  reminderOf,
} from '../notify/notifier';
import type { Report } from '../report/report';
import { urlOf } from '../url';
import type { Io } from './io';
import type { CommandContext } from './main';

/** The flags that say who is told. */
export interface NotifyFlags {
  readonly notify?: readonly string[];
  readonly notifyFormat?: NotifyFormat;
  readonly notifyAfter?: number;
  readonly notifyReminder?: string;
}

/**
 * Who is told: those of the configuration, and those of the flags. Their addresses are secrets from here on.
 *
 * Errors: EnvironmentError for a variable without a value; UsageError for what is no address.
 */
export function notifiersFor(context: CommandContext, flags: NotifyFlags, project: Project): Notifier[] {
  const { notify: urls = [], notifyFormat: format, notifyAfter: after, notifyReminder: reminder } = flags;
  // Also where nobody is to be told: what is written wrong is never passed over.
  if (reminder !== undefined) reminderOf(reminder);
  const { config, environment, masker } = project;
  const configured = config.notify.map(({ url, ...settings }): NotifierInput => {
    const name = url.slice(2, -2);
    const value = context.io.env[name] || environment.variables[name];
    if (!value) {
      const todo = 'give it the address in the environment, or remove the notifier';
      throw new EnvironmentError(`{{${name}}} has no value`, '"notify" of driftgate.config.json', todo);
    }
    return { ...settings, url: value };
  });
  const inputs = [...configured, ...urls.map((url) => ({ url, format, after, reminder }))];
  for (const { url } of inputs) hide(masker, url);
  return notifiersOf(inputs);
}

/** The address, and what of it opens the door by itself. */
function hide(masker: Masker, url: string): void {
  masker.add('notify_url', url);
  for (const secret of credentialsIn(url)) masker.add('notify_url', secret);
  const { pathname = '', search = '' } = urlOf(url) ?? {};
  if (`${pathname}${search}`.length > 1) masker.add('notify_url', `${pathname}${search}`);
}

/** Tells everybody who is to be told of a run. Whoever cannot be told is a warning, and is tried again after the next run. */
export async function notifyAll(
  notifiers: readonly Notifier[],
  report: Report,
  runs: readonly HistoryRun[],
  { extraCaCerts }: Project,
): Promise<{ notified: Record<string, Notified>; warnings: string[] }> {
  const due = notifiers.flatMap((notifier) => {
    const why = dueOf(notifier, report, runs);
    return why === null ? [] : [{ notifier, notice: noticeOf(report, runs, why) }];
  });
  const failures = await Promise.all(
    due.map(async ({ notifier, notice }) => {
      const { notify } = require('../notify/send') as typeof import('../notify/send');
      return notify(notifier, notice, extraCaCerts);
    }),
  );
  const told = due.flatMap(({ notifier }, at) => (failures[at] === null ? [notifier.name] : []));
  return {
    notified: notifiedAfter(report, runs, told),
    warnings: failures.filter((failure) => failure !== null),
  };
}

/** Where the metrics of a run go; gives what could not be delivered. Errors: UsageError, before anything is sent. */
export function metricsFor(
  { metrics: file, otlp: url }: { readonly metrics?: string; readonly otlp?: string },
  { directory }: Io,
): (report: Report) => Promise<string[]> {
  if (file === undefined && url === undefined) return async () => [];
  if (url !== undefined && !(/^https?:/.test(url) && urlOf(url) !== null)) {
    throw new UsageError('the address is none', '--otlp', 'give it as http://host:4318/v1/metrics');
  }
  const { metricsOf } = require('../metrics/samples') as typeof import('../metrics/samples');
  const otlp = url === undefined ? null : (require('../metrics/otlp') as typeof import('../metrics/otlp'));
  const libraries = otlp?.otlpLibraries();
  return async (report) => {
    const metrics = metricsOf(report);
    const failure =
      otlp === null || libraries === undefined || url === undefined
        ? null
        : await otlp.exportMetrics(libraries, url, metrics);
    if (file !== undefined) {
      const prometheus = require('../metrics/prometheus') as typeof import('../metrics/prometheus');
      await prometheus.writePrometheus(resolve(directory, file), metrics);
    }
    return failure === null ? [] : [failure];
  };
}
