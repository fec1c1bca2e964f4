// The database behind the house of the journeys: to change what no click changes, and to take it away.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type APIRequestContext } from '@playwright/test';

function data(file: string): string {
  const folder = process.env.E2E_DATA_DIR;
  if (!folder) throw new Error('E2E_DATA_DIR is not set: these journeys need a house of their own. Run ./dev e2e.');
  return join(folder, file);
}

/** Runs one statement as the owner and gives back what it answers, one line per row. */
export function sql(statement: string): string {
  const url = readFileSync(data('postgres.url'), 'utf8').trim();
  return execFileSync('psql', [url, '-qXAt', '-v', 'ON_ERROR_STOP=1', '-c', statement], { encoding: 'utf8' }).trim();
}

/** Takes the database away: `stop` ends it as an operator would, `start` brings it back as it was. */
export class Outage {
  private command: { program: string; words: string[]; uid: number; gid: number } | null = null;

  constructor(private readonly house: APIRequestContext) {}

  async stop(): Promise<void> {
    const pid = Number(readFileSync(data('postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    const { uid, gid } = statSync(`/proc/${pid}`);
    this.command = { program: readlinkSync(`/proc/${pid}/exe`), words: words.slice(1), uid, gid };
    // Fast shutdown: open transactions roll back, connections are cut.
    process.kill(pid, 'SIGINT');
    await expect.poll(async () => (await this.house.get('/healthz')).status(), { timeout: 20_000 }).toBe(503);
    await expect.poll(() => this.runs(), { timeout: 20_000 }).toBe(false);
  }

  async start(): Promise<void> {
    if (!this.command) return;
    const { program, words, uid, gid } = this.command;
    this.command = null;
    spawn(program, words, { uid, gid, cwd: '/', env: {}, stdio: 'ignore', detached: true }).unref();
    await expect.poll(async () => (await this.house.get('/healthz')).status(), { timeout: 30_000 }).toBe(204);
  }

  private runs(): boolean {
    try {
      return readFileSync(data('postgres/cluster/postmaster.pid'), 'utf8') !== '';
    } catch {
      return false;
    }
  }
}
