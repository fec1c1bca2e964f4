import { defineConfig } from '@playwright/test';
import { launchOptions } from './pages/browser';

// `./dev e2e` starts a house for the journeys and says where it is.
const baseURL = process.env.BASE_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results',
  // No retries: a journey that passes on the second try hides a race that a patient will meet.
  retries: 0,
  forbidOnly: true,
  // One house and one clinic for all journeys, on a machine of two cores.
  workers: 1,
  // Generous: they cost nothing while all is well, and a busy machine is no fault of the house.
  timeout: 90_000,
  globalTimeout: 50 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? 'test-results/report.json' }]],
  use: {
    baseURL,
    browserName: 'chromium',
    launchOptions: launchOptions(),
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    // journeys/wide takes pictures at both widths by itself and uses up what it stands on.
    { name: 'phone', testIgnore: '**/wide/**', use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } },
  ],
});
