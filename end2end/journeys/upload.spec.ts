// A therapist brings files: several at once, with a pause, a closed tab, and files that are not taken.
import { writeFileSync } from 'node:fs';
import { test, expect, fits, hydrated, picture, type Page } from '../pages/house';
import { axe } from '../pages/axe';
import { PNG, hollow, pdf } from '../pages/files';

const CHUNK = 4 * 1024 * 1024;

/** Lets pieces of uploads pass, up to the first one at `stop` or behind it; notes where each piece begins. */
async function gate(page: Page) {
  const begun: number[] = [];
  let stop = Infinity;
  await page.route('**/uploads/*', async (route) => {
    const offset = route.request().headers()['upload-offset'];
    if (offset === undefined) return route.continue();
    // Held back for ever: pausing aborts it, closing the page ends it.
    if (Number(offset) >= stop) return;
    begun.push(Number(offset));
    await route.continue();
  });
  return { begun, stopAt: (offset: number) => { stop = offset; }, open: () => { stop = Infinity; } };
}

test('files are sent, paused, sent on after a reload, checked and looked at', async ({ as, watch }, testInfo) => {
  test.setTimeout(120_000);
  // Each file that is not taken is an answer with a status, which Chromium reports.
  watch.allow(/status of 4\d\d.*\/uploads/);
  const therapist = await as('therapist');
  const at = (name: string) => testInfo.outputPath(name);
  const winter = `winter-${testInfo.project.name}`;
  writeFileSync(at(`${winter}.pdf`), pdf(3, 2 * CHUNK + 1000));
  writeFileSync(at('trees.png'), PNG);
  writeFileSync(at('notes.txt'), 'not a picture');
  writeFileSync(at('portrait.png'), 'says that it is a picture and is none, in more than the sixty-four bytes that decide');
  hollow(at('scan.pdf'), 101_000_001);

  const pieces = await gate(therapist);
  pieces.stopAt(CHUNK);
  await therapist.goto('/care/library');
  await hydrated(therapist);
  const tray = therapist.getByRole('region', { name: 'Uploads' });
  const line = (name: string) => tray.getByRole('listitem').filter({ hasText: name });
  const choose = (...names: string[]) => therapist.locator('#f-files').setInputFiles(names.map(at));

  await test.step('several files, one after the other, with their progress', async () => {
    await choose(`${winter}.pdf`, 'trees.png', 'notes.txt', 'portrait.png', 'scan.pdf');
    await expect(line(winter).getByRole('progressbar')).toBeVisible();
    await expect(line(winter)).toContainText(/[4-9]\d %/);
    await expect(line('trees.png')).toContainText('Waiting for the file before it');
    await fits(therapist);
    await picture(therapist, 'upload-under-way');
  });

  await test.step('a pause lets the others pass', async () => {
    await therapist.getByRole('button', { name: `Pause ${winter}.pdf` }).click();
    await expect(line(winter)).toContainText(/Paused at \d+ %/);
    await expect(line('trees.png')).toContainText('Done');
  });

  await test.step('each file that is not taken says which and why', async () => {
    await expect(line('notes.txt')).toContainText('notes.txt is not a kind we can show. Use JPEG, PNG, WebP, PDF, MP4 or WebM.');
    await expect(line('portrait.png')).toContainText('portrait.png does not open as a picture');
    await expect(line('scan.pdf')).toContainText('scan.pdf has 102 MB; 100 MB is the limit.');
    expect(await axe(therapist)).toEqual([]);
    await fits(therapist);
    await picture(therapist, 'upload-not-taken');
  });

  await test.step('after a reload the upload goes on where it stopped', async () => {
    await therapist.reload();
    await hydrated(therapist);
    await expect(line(winter)).toContainText(/The upload stopped at \d+ %. Choose the same file again to send the rest./);
    await fits(therapist);
    await picture(therapist, 'upload-left');
    pieces.begun.length = 0;
    pieces.open();
    await choose(`${winter}.pdf`);
    await expect(line(winter)).toContainText('Done', { timeout: 30_000 });
    expect(pieces.begun, 'nothing is sent twice').toEqual([CHUNK, 2 * CHUNK]);
  });

  await test.step('a document has pages', async () => {
    await therapist.locator('a.tile', { hasText: winter }).first().click();
    const preview = therapist.getByRole('complementary', { name: 'Preview' });
    await expect(preview).toContainText('Document, 3 pages');
    await expect(preview).toContainText('Page 1 of 3');
    const painted = () => preview.locator('img.look').evaluate((image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 0);
    await expect.poll(painted).toBe(true);
    await preview.getByRole('button', { name: 'Page after' }).click();
    await expect(preview).toContainText('Page 2 of 3');
    await expect.poll(painted).toBe(true);
    await fits(therapist);
    await picture(therapist, 'upload-document');
  });

  await test.step('a refused file is taken off the list', async () => {
    await therapist.reload();
    await hydrated(therapist);
    await line('portrait').getByRole('button', { name: /^Take .* off the list$/ }).click();
    await expect(line('portrait')).toHaveCount(0);
  });
});

test('an upload waits out a broken line', async ({ as, watch }, testInfo) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const therapist = await as('therapist');
  const name = `line-${testInfo.project.name}.pdf`;
  writeFileSync(testInfo.outputPath(name), pdf(1, CHUNK + 1000));
  await therapist.goto('/care/library');
  await hydrated(therapist);
  let broken = 0;
  await therapist.route('**/uploads/*', async (route) => {
    const second = route.request().headers()['upload-offset'] === String(CHUNK);
    if (second && broken < 2) {
      broken += 1;
      return route.abort();
    }
    return route.continue();
  });
  await therapist.locator('#f-files').setInputFiles(testInfo.outputPath(name));
  await expect(therapist.getByRole('region', { name: 'Uploads' }).getByRole('listitem').filter({ hasText: name })).toContainText('Done', { timeout: 30_000 });
  expect(broken).toBe(2);
});
