// Watching a page for what a person would not notice: errors in the console, failed requests, other origins.
import type { BrowserContext, Page } from '@playwright/test';

/** What went wrong on any page of a context, in order, each with where it happened. */
export class Watch {
  readonly problems: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(private readonly origin: string) {}

  /** A problem that this test causes on purpose. */
  allow(problem: RegExp): void {
    this.expected.push(problem);
  }

  over(context: BrowserContext): void {
    context.on('page', (page) => this.overPage(page));
    context.pages().forEach((page) => this.overPage(page));
    context.on('request', (request) => {
      const url = new URL(request.url());
      const own = url.origin === this.origin || url.origin === this.origin.replace(/^http/, 'ws');
      if (!own && !['data:', 'blob:', 'about:'].includes(url.protocol)) this.note(`request to another origin: ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 500) this.note(`${response.status()} for ${response.url()}`);
    });
    context.on('weberror', (error) => this.note(`uncaught: ${error.error().stack || error.error().message || String(error.error())}`));
  }

  private overPage(page: Page): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url } = message.location();
      // Chromium reports each 4xx; from a server function it is an answer ("wrong password"), and the page shows it.
      const refused = /status of 4\d\d/.test(message.text()) && URL.canParse(url) && new URL(url).pathname.startsWith('/api/');
      if (!refused) this.note(`console of ${page.url()}: ${message.text()} (${url})`);
    });
    page.on('crash', () => this.note(`${page.url()} crashed`));
  }

  private note(problem: string): void {
    if (!this.expected.some((pattern) => pattern.test(problem))) this.problems.push(problem);
  }
}
