// The system's Chromium, with a fake camera and microphone, and silent towards the outside.
import { execFileSync } from 'node:child_process';
import type { LaunchOptions } from '@playwright/test';

const CANDIDATES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findChromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of CANDIDATES) {
    try {
      return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // Not this one; the last word is below.
    }
  }
  throw new Error('Chromium was not found. ./dev setup installs it; CHROMIUM names another one.');
}

const FLAGS = [
  // Fake media (room.md 12): a moving picture and a beep, granted without a question.
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream=fps=30',
  '--autoplay-policy=no-user-gesture-required',
  // A call between two contexts of one machine, also where only the loopback interface is up.
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  // A page in the back keeps its timers: the other person of a visit is always in the back.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--no-sandbox',
  '--disable-gpu',
  // Nothing but the house is asked for anything.
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How every browser of these tests starts; `without` leaves flags out, for the test of a real click. */
export function launchOptions(without: string[] = []): LaunchOptions {
  return {
    executablePath: findChromium(),
    args: FLAGS.filter((flag) => !without.some((name) => flag.startsWith(name))),
  };
}
