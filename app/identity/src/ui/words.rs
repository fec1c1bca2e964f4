//! The sentences of sign-in (screens.md, section 3).

use kernel::{ApiError, Role};

/// Why a sign-in was refused. Wrong, unknown and closed read the same.
pub fn refusal(error: &ApiError) -> String {
    match error {
        ApiError::Refused(_) => "E-mail or password is not right. Try again.".to_owned(),
        ApiError::TooMany(seconds) => format!("Too many tries. Try again in {}.", wait(*seconds)),
        ApiError::Transport => "The answer did not arrive. Check the connection, then try again.".to_owned(),
        _ => "Signing in does not work at this moment. Try again in a minute.".to_owned(),
    }
}

/// Why somebody is here again. The word comes from the address, so an unknown one says nothing.
pub fn ended(why: &str) -> Option<&'static str> {
    match why {
        "idle" => Some("You were signed out because nothing happened for a while. Sign in to go on where you were."),
        "absolute" => {
            Some("You were signed out because you had been signed in for long. Sign in to go on where you were.")
        }
        "unsent" => Some(
            "You were signed out, so what you sent last was not taken and nothing was changed. Sign in: you come back to the \
             same page and can send it again.",
        ),
        _ => None,
    }
}

pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Patient => "Patient",
        Role::Guardian => "Guardian",
        Role::Therapist => "Therapist",
        Role::Liaison => "Liaison",
        Role::Partner => "Partner",
        Role::Admin => "Admin",
    }
}

/// "1 second", "45 seconds", "2 minutes", "24 hours": rounded up, so that the time is over when it is said to be.
fn wait(seconds: u32) -> String {
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3_600), "hour"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::{ended, refusal, wait};
    use kernel::ApiError;

    #[test]
    fn a_wait_is_said_in_whole_units_and_never_too_short() {
        let said: Vec<_> = [1, 59, 60, 61, 900, 3_601, 86_400].into_iter().map(wait).collect();
        let expected = [
            "1 second",
            "59 seconds",
            "1 minute",
            "2 minutes",
            "15 minutes",
            "2 hours",
            "24 hours",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn a_refusal_names_no_reason() {
        let text = refusal(&ApiError::refused("sign_in"));
        assert_eq!(text, refusal(&ApiError::refused("anything else")));
    }

    #[test]
    fn a_made_up_reason_in_the_address_says_nothing() {
        assert_eq!(ended("<script>"), None);
        assert!(ended("idle").is_some());
        assert!(ended("unsent").is_some_and(|text| text.contains("send it again")));
    }
}
