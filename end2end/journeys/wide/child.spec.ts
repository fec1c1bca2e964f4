// A child's visit at a device that gives neither camera nor microphone: the visit goes on without, the adult reads how to
// allow them, the child sees the therapist and the material and never a word of error.
import { test, expect } from '../../pages/house';
import { launchOptions } from '../../pages/browser';
import { axe } from '../../pages/axe';
import { beginsNow } from '../../pages/clinic';
import { draw, sameStage } from '../../pages/stage';
import { bothWidths } from '../../pages/wide_and_narrow';

// Without this flag the browser asks, and nobody is there to press Allow: that is a refusal.
test.use({ launchOptions: launchOptions(['--use-fake-ui-for-media-stream']) });


test('a child meets the therapist although camera and microphone are denied', async ({ as }) => {
  test.setTimeout(180_000);
  const guardian = await as('guardian');
  const therapist = await as('therapist', { permissions: ['camera', 'microphone'] });
  const visit = beginsNow('Benjamin');

  await test.step('the check says how to allow each device, and goes on without', async () => {
    await guardian.goto(`/room/${visit}`);
    await expect(guardian.getByText('This browser does not let the page use the camera.')).toBeVisible();
    await expect(guardian.getByText('Press the sign left of the address.')).toBeVisible();
    expect(await axe(guardian)).toEqual([]);
    await bothWidths(guardian, 'child-01-camera-denied');
    await guardian.getByRole('button', { name: 'Go on with sound only' }).click();
    await expect(guardian.getByText('This browser does not let the page use the microphone.')).toBeVisible();
    await guardian.getByRole('button', { name: 'Go on without microphone' }).click();
    await guardian.getByRole('button', { name: 'Play two notes' }).click();
    await guardian.getByRole('button', { name: 'I heard it' }).click();
    await guardian.getByRole('button', { name: "I'm ready" }).click();
    await expect(guardian.locator('[data-scene="waiting"]')).toBeVisible();
    await bothWidths(guardian, 'child-02-waiting');
  });

  await test.step('the therapist reads that both are missing, and lets the child in', async () => {
    await therapist.goto(`/room/${visit}`);
    await therapist.getByRole('button', { name: 'Open the room' }).click();
    await expect(therapist.getByText(/camera skipped, microphone skipped/).first()).toBeVisible();
    await therapist.getByRole('button', { name: 'Let in' }).first().click();
    await expect(guardian.locator('[data-scene="room"]')).toBeVisible();
  });

  await test.step('the child sees the therapist move', async () => {
    await expect.poll(() => guardian.evaluate(() =>
      [...document.querySelectorAll('video')].some((video) => video.srcObject && video.videoWidth > 0 && video.currentTime > 0.5)), { timeout: 30_000 }).toBe(true);
  });

  await test.step('therapist and material, four cards, and no word of error', async () => {
    await therapist.keyboard.press('w');
    await expect(guardian.locator('[data-shown="board"]')).toBeVisible();
    await draw(guardian, { x: 120, y: 120 });
    await draw(therapist, { x: 160, y: 220 });
    await sameStage(guardian, therapist);
    await expect(guardian.getByRole('alert')).toHaveCount(0);
    await expect(guardian.locator('.own-tile')).toHaveCount(0);
    await expect(guardian.locator('main')).not.toContainText(/denied|not allowed|error|fail|skipped|browser/i);
    expect(await axe(guardian)).toEqual([]);
    await bothWidths(guardian, 'child-03-room');
    await bothWidths(therapist, 'child-04-therapist');
    await expect(therapist.getByRole('button', { name: 'Leave', exact: true }), 'the way out is in no tab').toBeVisible();
  });

  await test.step('a card reaches the therapist at once and is answered', async () => {
    const louder = guardian.getByRole('button', { name: 'Louder' });
    await louder.click();
    await expect(louder).toHaveAttribute('aria-pressed', 'true');
    await expect(therapist.getByText('wants it louder')).toBeVisible();
    await guardian.getByRole('button', { name: 'Stop' }).click();
    await expect(therapist.getByText('says stop')).toBeVisible();
    await expect(therapist.getByText('wants it louder')).toHaveCount(0);
    await bothWidths(therapist, 'child-05-card');
    await therapist.getByRole('button', { name: 'Seen', exact: true }).click();
    await expect(guardian.getByRole('button', { name: 'Stop' })).toHaveAttribute('aria-pressed', 'false');
    await expect(therapist.getByText('says stop')).toHaveCount(0);
  });

  await test.step('the end is one picture and two words', async () => {
    await therapist.getByRole('button', { name: 'End for all' }).first().click();
    await therapist.getByRole('dialog').getByRole('button', { name: 'End for all' }).click();
    await expect(guardian.getByRole('paragraph').filter({ hasText: 'All done' })).toBeVisible();
  });
});
