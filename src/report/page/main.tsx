import { render } from 'preact';
import type { PageData } from '../page-data';
import type { Report } from '../report';
import { App } from './app';
import { modelOf } from './model';
import './style.css';

/** How the writer leaves the data in the page: what is said once, and the rows. */
interface Embedded {
  readonly history: PageData['history'] | null;
  readonly head: Omit<Report, 'requests'>;
  readonly requests: Report['requests'];
}

const root = document.getElementById('app');
const data = document.getElementById('data');
if (root !== null && data !== null) {
  const { history, head, requests } = JSON.parse(data.textContent ?? '') as Embedded;
  data.remove();
  render(<App model={modelOf({ ...head, requests }, history ?? [])} />, root);
}
