import { defineConfig } from '@playwright/test';
import { launchOptions } from '../pages/browser';

// `./dev bench calendar` starts a house and says where it is.
export default defineConfig({
  testDir: '.',
  testMatch: 'calendar.ts',
  outputDir: '../test-results',
  workers: 1,
  timeout: 180_000,
  reporter: [['line']],
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    timezoneId: 'America/New_York',
  },
});
