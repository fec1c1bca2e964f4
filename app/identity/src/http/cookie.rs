//! The session cookie (security.md 4.2): host-only, unreadable for script, not sent along by other sites' forms.

use super::Token;
use http::{HeaderMap, HeaderValue, header};

/// Which form the cookie has. `__Host-` needs https; on a plain-http loopback address browsers would drop it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookies {
    secure: bool,
}

impl Cookies {
    pub const fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// Whether the house is reached by https.
    pub const fn is_secure(self) -> bool {
        self.secure
    }

    const fn name(self) -> &'static str {
        if self.secure { "__Host-sid" } else { "sid" }
    }

    const fn attributes(self) -> &'static str {
        if self.secure {
            "Path=/; HttpOnly; SameSite=Lax; Secure"
        } else {
            "Path=/; HttpOnly; SameSite=Lax"
        }
    }

    /// The token a request carries. A cookie sent twice is refused: one of the two is not ours.
    pub fn read(self, headers: &HeaderMap) -> Option<Token> {
        Token::parse(only(headers, self.name())?)
    }

    /// `Set-Cookie` that hands out a token. No Max-Age: it goes with the browser session, the server's limits hold anyway.
    pub(crate) fn set(self, token: &Token) -> Option<HeaderValue> {
        let text = format!("{}={}; {}", self.name(), token.reveal(), self.attributes());
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// `Set-Cookie` that takes it away.
    pub(crate) fn clear(self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("{}=; Max-Age=0; {}", self.name(), self.attributes())).ok()
    }
}

/// By what a browser is known in which somebody signed in. It opens nothing: it keeps the guesses of strangers apart from the
/// tries made here. Sent with sign-ins only, and it stays when somebody signs out.
const KNOWN: &str = "known-here";

impl Cookies {
    pub(crate) fn know(self, browser: &Token) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let days = crate::model::throttle::Counted::Browser.kept_for();
        let text = format!(
            "{KNOWN}={}; Path=/api/identity/sign_in; Max-Age={}; HttpOnly; SameSite=Strict{secure}",
            browser.reveal(),
            days.num_seconds()
        );
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    pub(crate) fn known(headers: &HeaderMap) -> Option<Token> {
        Token::parse(only(headers, KNOWN)?)
    }
}

/// The e-mail of a refused sign-in, for two minutes and for the sign-in page alone: a form without script is rendered anew,
/// and what was typed must not travel in the address.
const TYPED: &str = "sign-in-typed";

impl Cookies {
    pub(crate) fn keep_typed(self, email: &str) -> Option<HeaderValue> {
        let email: String = email.chars().take(254).collect();
        let mut value = HeaderValue::from_str(&self.typed_cookie(&hex::encode(email), 120)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    pub(crate) fn forget_typed(self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.typed_cookie("", 0)).ok()
    }

    pub(crate) fn typed(headers: &HeaderMap) -> Option<String> {
        String::from_utf8(hex::decode(only(headers, TYPED)?).ok()?).ok()
    }

    fn typed_cookie(self, value: &str, seconds: u32) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{TYPED}={value}; Path=/sign-in; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
    }
}

/// The one cookie of that name; two of a name are none.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(known, _)| *known == name)
        .map(|(_, value)| value);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::Cookies;
    use crate::http::Token;
    use http::{HeaderMap, HeaderValue, header::COOKIE};

    fn request(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn a_cookie_comes_back_as_it_was_set() {
        let token = Token::random().unwrap();
        for cookies in [Cookies::new(true), Cookies::new(false)] {
            let set = cookies.set(&token).unwrap();
            let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
            let back = cookies.read(&request(&format!("theme=dark; {pair}"))).unwrap();
            assert_eq!(back.hash(), token.hash());
        }
    }

    #[test]
    fn on_https_the_cookie_is_host_only_and_secure() {
        let set = Cookies::new(true).set(&Token::random().unwrap()).unwrap();
        let text = set.to_str().unwrap();
        assert!(text.starts_with("__Host-sid="));
        for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(text.contains(attribute), "{text}");
        }
        assert!(!text.contains("Domain"));
    }

    #[test]
    fn a_typed_email_comes_back_whatever_signs_it_has() {
        let cookies = Cookies::new(false);
        let set = cookies.keep_typed("ana; =\r\n@demo.example").unwrap();
        let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
        assert_eq!(
            Cookies::typed(&request(&pair)).as_deref(),
            Some("ana; =\r\n@demo.example")
        );
    }

    #[test]
    fn a_known_browser_shows_itself_to_sign_ins_and_to_nothing_else() {
        let browser = Token::random().unwrap();
        let set = Cookies::new(true).know(&browser).unwrap();
        let text = set.to_str().unwrap();
        for attribute in [
            "; Path=/api/identity/sign_in",
            "; HttpOnly",
            "; SameSite=Strict",
            "; Secure",
        ] {
            assert!(text.contains(attribute), "{text}");
        }
        let pair = text.split(';').next().unwrap();
        let back = Cookies::known(&request(pair)).unwrap();
        assert_eq!(back.hash(), browser.hash());
    }

    #[test]
    fn a_cookie_sent_twice_is_no_cookie() {
        let one = "a".repeat(64);
        assert!(
            Cookies::new(false)
                .read(&request(&format!("sid={one}; sid={one}")))
                .is_none()
        );
        assert!(Cookies::new(false).read(&request("sid=short")).is_none());
    }
}
