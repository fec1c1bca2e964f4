// The visit itself: patient and therapist meet, see each other, look at a picture and a film, draw, lose the line and come
// back, end, confirm; and everybody finds it among the past visits. Runs once, because the demo clinic has one such visit.
import { readFileSync } from 'node:fs';
import { test, expect, hydrated, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { Gate } from '../../pages/gate';
import { draw, sameStage, stageHash } from '../../pages/stage';
import { bothWidths } from '../../pages/wide_and_narrow';

/** A remote picture that moves: decoded frames keep coming. */
async function seesMotion(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() =>
    [...document.querySelectorAll('video')].some((video) => video.srcObject && video.videoWidth > 0 && !video.paused && video.currentTime > 0.5)), { timeout: 30_000 }).toBe(true);
}

/** Answers when the page's line to the room was live again after it had been cut, on the clock of the machine. */
async function backOnTheLine(page: Page): Promise<() => Promise<number>> {
  const seen = await page.evaluateHandle(() => {
    const room = document.querySelector('[data-line]')!;
    const record = { cut: false, back: 0 };
    new MutationObserver(() => {
      const line = room.getAttribute('data-line');
      if (line !== 'live') record.cut = true;
      else if (record.cut && !record.back) record.back = Date.now();
    }).observe(room, { attributeFilter: ['data-line'] });
    return record;
  });
  return async () => {
    await expect.poll(() => seen.evaluate(({ back }) => back), { timeout: 30_000 }).not.toBe(0);
    return seen.evaluate(({ back }) => back);
  };
}

/** Answers whether words have stood on a page since now, however shortly. */
async function stood(page: Page, words: string): Promise<() => Promise<boolean>> {
  await expect(page.getByText(words)).toHaveCount(0);
  const record = await page.evaluateHandle((words) => {
    const record = { seen: false };
    const look = () => {
      record.seen = document.body.innerText.toLowerCase().includes(words);
      if (!record.seen) setTimeout(look, 200);
    };
    look();
    return record;
  }, words.toLowerCase());
  return () => record.evaluate(({ seen }) => seen);
}

/** Does something after a while, and answers when it was done. */
async function after(ms: number, act: () => void): Promise<number> {
  await new Promise((done) => setTimeout(done, ms));
  act();
  return Date.now();
}

test('a visit from the waiting room to the past visits', async ({ as, watch }) => {
  test.setTimeout(300_000);
  // The line is cut and the server killed on purpose further down.
  watch.allow(/ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|ERR_TUNNEL_CONNECTION_FAILED|WebSocket connection/);
  const gate = await Gate.open();
  const patient = await as('patient', { proxy: { server: gate.address } });
  const therapist = await as('therapist');

  await patient.goto('/my');
  await bothWidths(patient, 'visit-01-patient-home');
  await patient.getByRole('link', { name: 'Join' }).first().click();
  await expect(patient).toHaveURL(/\/room\//);
  const visit = new URL(patient.url()).pathname.split('/').pop()!;

  await test.step('the device check asks one question a page', async () => {
    await patient.getByRole('button', { name: 'Yes, go on' }).click();
    await bothWidths(patient, 'visit-02-check');
    await patient.getByRole('button', { name: 'Yes, go on' }).click();
    await patient.getByRole('button', { name: 'Play two notes' }).click();
    await patient.getByRole('button', { name: 'I heard it' }).click();
    await patient.getByRole('button', { name: "I'm ready" }).click();
    await expect(patient.locator('[data-scene="waiting"]')).toBeVisible();
    expect(await axe(patient)).toEqual([]);
    await bothWidths(patient, 'visit-03-waiting');
  });

  await test.step('the therapist sees who waits and lets them in', async () => {
    await therapist.goto('/care');
    await bothWidths(therapist, 'visit-04-today');
    await therapist.goto(`/room/${visit}`);
    await therapist.getByRole('button', { name: 'Open the room' }).click();
    const letIn = therapist.getByRole('button', { name: 'Let in' }).first();
    await expect(letIn).toBeVisible();
    await bothWidths(therapist, 'visit-05-somebody-waits');
    await letIn.click();
    await seesMotion(patient);
    await seesMotion(therapist);
    expect(await axe(therapist)).toEqual([]);
    await bothWidths(therapist, 'visit-06-live-therapist');
    await bothWidths(patient, 'visit-07-live-patient');
  });

  await test.step('a picture is shown and seen', async () => {
    await therapist.keyboard.press('1');
    await sameStage(patient, therapist);
    await expect(therapist.locator('.proof')).toContainText(/Seen/);
    await bothWidths(therapist, 'visit-08-picture-therapist');
    await bothWidths(patient, 'visit-09-picture-patient');
  });

  await test.step('both draw on the whiteboard', async () => {
    await therapist.keyboard.press('w');
    await expect(patient.locator('[data-shown="board"]')).toBeVisible();
    await draw(therapist, { x: 120, y: 120 });
    await draw(patient, { x: 160, y: 220 });
    await sameStage(patient, therapist);
    await bothWidths(therapist, 'visit-10-board-therapist');
    await bothWidths(patient, 'visit-11-board-patient');
  });

  await test.step('a refresh brings the patient back to the same place', async () => {
    const before = await stageHash(therapist);
    await patient.reload();
    await sameStage(patient, therapist);
    expect(await stageHash(patient)).toBe(before);
    await seesMotion(patient);
  });

  await test.step('ten seconds without a network end at the same place with the same board', async () => {
    await therapist.keyboard.press('1');
    await expect(patient.locator('[data-shown="picture"]')).toBeVisible();
    await draw(therapist, { x: 90, y: 90 });
    await draw(patient, { x: 130, y: 180 });
    await sameStage(patient, therapist);
    // Twice, because an attempt to come back may just have begun, or be just over, when the network returns.
    for (const [cut, seconds] of [10, 12].entries()) {
      const before = await stageHash(therapist);
      const back = await backOnTheLine(patient);
      const toldToWait = await stood(therapist, 'One moment');
      gate.cut();
      const mended = after(seconds * 1_000, () => gate.mend());
      // Whoever is still there goes on; whoever is cut keeps what they draw.
      await draw(therapist, { x: 90, y: 240 + cut * 60 }, 8);
      await draw(patient, { x: 130, y: 300 + cut * 60 }, 8);
      await expect(patient.locator('[data-line="resuming"]')).toBeVisible();
      expect(await stageHash(patient)).not.toBe(await stageHash(therapist));
      const linkBack = await mended;
      const waited = (await back()) - linkBack;
      expect(await toldToWait(), 'the therapist reads that the patient is away for a moment').toBe(true);
      console.log(`figure room_back_after_${seconds}_s_cut = ${waited} ms (limit 2000)`);
      expect(waited, 'ms from the link to the room').toBeLessThan(2_000);
      await sameStage(patient, therapist);
      expect(await stageHash(patient), 'the strokes of the cut are there').not.toBe(before);
      await expect(patient.locator('[data-scene="room"] [data-seat="patient"]')).toBeVisible();
      await expect(patient.locator('[data-shown="picture"]')).toBeVisible();
    }
    await draw(patient, { x: 200, y: 120 });
    await sameStage(patient, therapist);
  });

  await test.step('the server is killed and loses nothing that was drawn', async () => {
    const pidFile = process.env.E2E_SERVER_PID_FILE;
    expect(pidFile, './dev e2e says which process to kill').toBeTruthy();
    const before = await stageHash(therapist);
    const backs = [await backOnTheLine(therapist), await backOnTheLine(patient)];
    process.kill(Number(readFileSync(pidFile!, 'utf8')), 'SIGKILL');
    for (const back of backs) await back();
    await expect(therapist.locator('[data-line="live"]')).toBeVisible({ timeout: 30_000 });
    await expect(patient.locator('[data-line="live"]')).toBeVisible({ timeout: 30_000 });
    await sameStage(patient, therapist);
    expect(await stageHash(therapist)).toBe(before);
    await draw(patient, { x: 200, y: 160 });
    await sameStage(patient, therapist);
    expect(await stageHash(therapist)).not.toBe(before);
  });

  await test.step('the visit ends for all and is confirmed', async () => {
    await therapist.getByRole('button', { name: 'End for all' }).first().click();
    await therapist.getByRole('dialog').getByRole('button', { name: 'End for all' }).click();
    await expect(patient.locator('[data-state="ended"]')).toBeVisible();
    await therapist.goto(`/care/visits/${visit}/after`);
    await hydrated(therapist);
    await therapist.getByLabel(/It took place/).check();
    await therapist.getByLabel(/Short summary/).fill('We tried the breathing picture. It helped.');
    await bothWidths(therapist, 'visit-12-confirm');
    await therapist.getByRole('button', { name: 'Confirm visit' }).click();
    await expect(therapist).toHaveURL(new RegExp(`/care/visits/${visit}$`));
    await expect(therapist.getByText('Completed').first()).toBeVisible();
  });

  await test.step('everybody finds it among the past visits', async () => {
    await patient.goto(`/my/visits/${visit}`);
    await expect(patient.getByText('We tried the breathing picture. It helped.')).toBeVisible();
    await bothWidths(patient, 'visit-13-past-patient');
    await patient.goto('/my/calendar?show=past');
    await expect(patient.getByText('Completed').first()).toBeVisible();
    const desk = await as('liaison');
    await desk.goto('/desk/visits?state=completed');
    await expect(desk.getByRole('table').getByText('Completed').first()).toBeVisible();
    await expect(desk.getByText('breathing picture'), 'the desk never reads a summary').toHaveCount(0);
    await bothWidths(desk, 'visit-14-past-desk');
  });
  await gate.close();
});
