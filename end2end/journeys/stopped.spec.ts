// The program of a page dies, as after a deploy whose old files are gone: the page says so and can be loaded again.
import { test, expect, fits, hydrated, picture } from '../pages/house';
import { axe } from '../pages/axe';

test('a page whose program stopped says so and offers to load it again', async ({ as, watch }) => {
  watch.allow(/panicked at|RuntimeError|unreachable|Failed to fetch|ERR_FAILED|WebAssembly/);
  const patient = await as('patient');
  await patient.goto('/my');
  await hydrated(patient);
  const bar = patient.getByText('This page has stopped. Nothing you sent is lost.');
  await expect(bar).toBeHidden();

  // The piece of the account page does not come.
  await patient.route(/\/pkg\/.*\.wasm/, (route) => route.abort());
  await patient.getByText('Ana', { exact: false }).first().click();
  await patient.getByRole('link', { name: 'Account and sessions' }).click();
  await expect(bar).toBeVisible();
  await fits(patient);
  expect(await axe(patient)).toEqual([]);
  await picture(patient, 'page-stopped');

  await patient.unroute(/\/pkg\/.*\.wasm/);
  await patient.getByRole('link', { name: 'Load it again' }).click();
  await hydrated(patient);
  await expect(bar).toBeHidden();
});
