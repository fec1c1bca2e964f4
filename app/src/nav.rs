//! Which entries the navigation of each role has, and which of them a page belongs to (screens.md 1.2). Only what
//! exists is offered: an entry arrives with its page.

use kernel::Role;

#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub href: &'static str,
    pub icon: &'static str,
    pub label: &'static str,
}

const fn entry(href: &'static str, icon: &'static str, label: &'static str) -> Entry {
    Entry { href, icon, label }
}

const PATIENT: &[Entry] = &[
    entry("/my", "home", "Home"),
    entry("/my/calendar", "calendar", "Calendar"),
    entry("/my/find", "search", "Find a therapist"),
];
const THERAPIST: &[Entry] = &[
    entry("/care", "sun", "Today"),
    entry("/care/calendar", "calendar", "Calendar"),
    entry("/care/patients", "users", "Patients"),
    entry("/care/library", "folder", "Library"),
];
const LIAISON: &[Entry] = &[
    entry("/desk", "check", "Desk"),
    entry("/desk/calendar", "clock", "Calendar"),
    entry("/desk/visits", "calendar", "Visits"),
    entry("/desk/services", "clock", "Services"),
];
const PARTNER: &[Entry] = &[entry("/partner", "users", "Clients")];
const ADMIN: &[Entry] = &[
    entry("/admin", "shield", "Overview"),
    entry("/admin/parameters", "settings", "Parameters"),
    entry("/admin/connections", "globe", "Connections"),
];

/// The entries of a role's navigation, most used first.
pub const fn entries(role: Role) -> &'static [Entry] {
    match role {
        Role::Patient | Role::Guardian => PATIENT,
        Role::Therapist => THERAPIST,
        Role::Liaison => LIAISON,
        Role::Partner => PARTNER,
        Role::Admin => ADMIN,
    }
}

/// The entry a page belongs to: the one with the longest address that leads to it.
pub fn current(role: Role, path: &str) -> Option<&'static Entry> {
    let leads_to =
        |entry: &&Entry| path == entry.href || path.strip_prefix(entry.href).is_some_and(|rest| rest.starts_with('/'));
    entries(role)
        .iter()
        .filter(leads_to)
        .max_by_key(|entry| entry.href.len())
}

/// The account page of a role, where its sessions are listed.
pub const fn account(role: Role) -> &'static str {
    match role {
        Role::Patient | Role::Guardian => "/my/account",
        Role::Therapist => "/care/account",
        Role::Liaison => "/desk/account",
        Role::Partner => "/partner/account",
        Role::Admin => "/admin/account",
    }
}

/// How dense a page is, by its address (look.md): families roomy, therapists medium, the desk dense.
pub fn density(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("care") => "medium",
        Some("desk" | "partner" | "admin") => "dense",
        _ => "roomy",
    }
}

#[cfg(test)]
mod tests {
    use super::{current, density, entries};
    use kernel::Role;

    #[test]
    fn a_page_belongs_to_its_nearest_entry() {
        assert_eq!(
            current(Role::Patient, "/my/find/0199").map(|entry| entry.label),
            Some("Find a therapist")
        );
        assert_eq!(
            current(Role::Patient, "/my/visits/0199").map(|entry| entry.label),
            Some("Home")
        );
        assert_eq!(current(Role::Therapist, "/carefree"), None);
    }

    #[test]
    fn every_role_starts_at_its_first_entry() {
        for role in Role::ALL {
            assert_eq!(entries(role).first().map(|entry| entry.href), Some(role.home()));
        }
    }

    #[test]
    fn the_desk_is_dense_and_families_have_room() {
        assert_eq!(
            (density("/desk/visits"), density("/my"), density("/sign-in")),
            ("dense", "roomy", "roomy")
        );
    }
}
