import type { Report } from './report';

/** A format that reports are written in. */
export interface Writer {
  /** What its file is called beside report.json; null where it is for the log and not for a file. */
  readonly file: string | null;
  /** What reads it, for people who choose. */
  readonly for: string;
  readonly write: (report: Report) => string;
}

/** The formats by name, each loaded when it is asked for. All of them are functions of report.json and of nothing else. */
export const WRITERS: Readonly<Record<string, Writer>> = {
  json: {
    file: 'report.json',
    for: 'programs, and every other format',
    write: (report) => `${JSON.stringify(report, null, 2)}\n`,
  },
  html: {
    file: 'index.html',
    for: 'a browser',
    write: (report) => (require('./html') as typeof import('./html')).toHtml(report),
  },
  junit: {
    file: 'junit.xml',
    for: 'the test view of GitLab, Jenkins, Azure and others',
    write: (report) => (require('./junit') as typeof import('./junit')).toJunit(report),
  },
  markdown: {
    file: 'report.md',
    for: 'a comment on a pull request',
    write: (report) => (require('./markdown') as typeof import('./markdown')).toMarkdown(report),
  },
  github: {
    file: null,
    for: 'the log of GitHub Actions, which makes annotations of it',
    write: (report) => (require('./github') as typeof import('./github')).toAnnotations(report),
  },
  sarif: {
    file: 'report.sarif',
    for: 'code scanning',
    write: (report) => (require('./sarif') as typeof import('./sarif')).toSarif(report),
  },
  ctrf: {
    file: 'ctrf.json',
    for: 'tools that read CTRF',
    write: (report) => (require('./ctrf') as typeof import('./ctrf')).toCtrf(report),
  },
};

/** The names of all formats. */
export const FORMATS: readonly string[] = Object.keys(WRITERS);

/** A format by its name; null where there is none of that name. */
export function writerOf(name: string): Writer | null {
  return Object.hasOwn(WRITERS, name) ? (WRITERS[name] ?? null) : null;
}
