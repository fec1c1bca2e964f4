//! Where a sign-in leads. The wish comes from the address bar, so anybody can have written it.

use kernel::Role;

/// `next` if it is a path of this site, else the role's home (R7). The path alone: no host, no scheme, no query that could
/// carry typed text, nothing a browser would read as another site (`//host`, `/\host`), and not the sign-in page itself.
pub fn landing(next: &str, role: Role) -> &str {
    if is_own_path(next) { next } else { role.home() }
}

/// Is it an absolute path of this site, and nothing else?
pub fn is_own_path(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    path.len() <= 200
        && path.starts_with('/')
        && path.chars().all(plain)
        && !path.contains("//")
        && !path.split('/').any(|part| part == "." || part == "..")
        && path != "/sign-in"
        && !path.starts_with("/sign-in/")
        && !path.starts_with("/api/")
}

#[cfg(test)]
mod tests {
    use super::landing;
    use kernel::Role;

    #[test]
    fn a_path_of_this_site_is_followed() {
        for path in [
            "/my/calendar",
            "/care/visits/0198c5a0-0000-7000-8000-000000000001/prepare",
        ] {
            assert_eq!(landing(path, Role::Patient), path);
        }
    }

    #[test]
    fn anything_else_leads_home() {
        let elsewhere = [
            "",
            "my",
            "//evil.example",
            "/\\evil.example",
            "/my//evil.example",
            "https://evil.example",
            "/%2f%2fevil.example",
            "/my?x=1",
            "/my#x",
            "javascript:alert(1)",
            "/my\r\nset-cookie: x",
            "/sign-in",
            "/sign-in/second",
            "/my/../desk",
            "/api/identity/sign_out",
        ];
        for path in elsewhere {
            assert_eq!(landing(path, Role::Therapist), "/care", "{path:?}");
        }
        assert_eq!(landing(&format!("/{}", "a".repeat(300)), Role::Admin), "/admin");
    }
}
