// The demo clinic's people, and how they sign in.
import { expect, type Page } from '@playwright/test';

export const PASSWORD = 'demo clinic 2026';

/** One sign-in per role, as `./dev run` prints them. `home` is the first page after sign-in. */
export const PEOPLE = {
  patient: { email: 'ana@demo.example', home: '/my', zone: 'America/Chicago' },
  guardian: { email: 'gus@demo.example', home: '/my', zone: 'America/Chicago' },
  therapist: { email: 'tess@demo.example', home: '/care', zone: 'America/New_York' },
  liaison: { email: 'lia@demo.example', home: '/desk', zone: 'America/New_York' },
  admin: { email: 'ada@demo.example', home: '/admin', zone: 'America/New_York' },
  partner: { email: 'pat@demo.example', home: '/partner', zone: 'America/New_York' },
} as const;

export type Role = keyof typeof PEOPLE;
export const ROLES = Object.keys(PEOPLE) as Role[];

/** Everybody who can sign in: one per role, a second patient who wants what the first one wants, and a second liaison (see desk.ts). */
export const EVERYBODY = {
  ...PEOPLE,
  colleague: { email: 'leo@demo.example', home: '/desk', zone: 'America/New_York' },
  neighbour: { email: 'noah@demo.example', home: '/my', zone: 'America/New_York' },
} as const;

export type Person = keyof typeof EVERYBODY;

/** Signs in by the form, as a person does, and waits for the home page of the role. */
export async function signIn(page: Page, who: Person, password: string = PASSWORD): Promise<void> {
  const person = EVERYBODY[who];
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`${person.home}$`));
}
