//! Which entries the navigation of each role has, and which of them a page belongs to (screens.md 1.2). Only what
//! exists is offered: an entry arrives with its page.

use kernel::Role;

#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub href: &'static str,
    pub icon: &'static str,
    pub label: &'static str,
    /// Other parts of the area whose pages belong to this entry.
    holds: &'static [&'static str],
}

const fn entry(href: &'static str, icon: &'static str, label: &'static str, holds: &'static [&'static str]) -> Entry {
    Entry {
        href,
        icon,
        label,
        holds,
    }
}

const PATIENT: &[Entry] = &[
    entry("/my", "home", "Home", &[]),
    entry(
        "/my/calendar",
        "calendar",
        "Calendar",
        &["/my/visits", "/my/requests", "/my/waitlist"],
    ),
    entry("/my/find", "search", "Find a therapist", &["/my/book"]),
];
const THERAPIST: &[Entry] = &[
    entry("/care", "sun", "Today", &[]),
    entry(
        "/care/calendar",
        "calendar",
        "Calendar",
        &["/care/visits", "/care/availability"],
    ),
    entry("/care/patients", "users", "Patients", &[]),
    entry("/care/library", "folder", "Library", &[]),
];
const LIAISON: &[Entry] = &[
    entry(
        "/desk",
        "check",
        "Desk",
        &["/desk/queue", "/desk/bulk", "/desk/decided", "/desk/templates"],
    ),
    entry("/desk/calendar", "calendar", "Calendar", &[]),
    entry("/desk/visits", "book", "Visits", &[]),
    entry(
        "/desk/services",
        "clock",
        "Services",
        &["/desk/therapists", "/desk/closures", "/desk/questions"],
    ),
];
const PARTNER: &[Entry] = &[entry("/partner", "users", "Clients", &[])];
const ADMIN: &[Entry] = &[
    entry("/admin", "shield", "Overview", &[]),
    entry("/admin/parameters", "settings", "Parameters", &[]),
    entry("/admin/questions", "help", "Questions", &[]),
    entry("/admin/connections", "globe", "Connections", &[]),
    entry("/admin/closures", "calendar", "Closures", &[]),
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

/// The entry a page belongs to. A home page is itself only: not every page of an area is part of it.
pub fn current(role: Role, path: &str) -> Option<&'static Entry> {
    let within = |part: &str| {
        path.strip_prefix(part)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    entries(role).iter().find(|entry| {
        let own = if entry.href == role.home() {
            path == entry.href
        } else {
            within(entry.href)
        };
        own || entry.holds.iter().any(|part| within(part))
    })
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
    fn a_page_belongs_to_the_entry_that_leads_to_its_kind() {
        let label = |role, path| current(role, path).map(|entry| entry.label);
        for (path, entry) in [
            ("/my", Some("Home")),
            ("/my/find/0199", Some("Find a therapist")),
            ("/my/book/0199", Some("Find a therapist")),
            ("/my/visits/0199/move", Some("Calendar")),
            ("/my/requests/0199", Some("Calendar")),
            ("/my/waitlist/0199", Some("Calendar")),
            ("/my/account", None),
        ] {
            assert_eq!(label(Role::Patient, path), entry, "{path}");
        }
        assert_eq!(label(Role::Therapist, "/care/visits/0199/after"), Some("Calendar"));
        assert_eq!(label(Role::Therapist, "/carefree"), None);
        assert_eq!(label(Role::Liaison, "/desk/queue/request-0199"), Some("Desk"));
        assert_eq!(label(Role::Liaison, "/desk/therapists/0199"), Some("Services"));
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
