//! The address that browsers know the house by.

use axum::http::Uri;
use std::{fmt, net::IpAddr, str::FromStr};

/// Scheme, host and port, as a browser sends them in `Origin`: lower case, no default port, no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    text: String,
    secure: bool,
    loopback: bool,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Origin {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Over TLS: cookies are `Secure` and carry the `__Host-` prefix.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Only this machine can reach it.
    pub const fn is_loopback(&self) -> bool {
        self.loopback
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not an origin like https://clinic.example");
        let uri: Uri = text.to_ascii_lowercase().parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong());
        };
        let bare = matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
        if !bare || authority.host().is_empty() || text.contains('#') {
            return Err(wrong());
        }
        let (secure, default_port) = match scheme {
            "https" => (true, 443),
            "http" => (false, 80),
            _ => return Err(wrong()),
        };
        let host = authority.host();
        let loopback = is_loopback(host);
        if !secure && !loopback {
            return Err(format!("{text:?} must begin with https:// unless it is this machine"));
        }
        let text = match authority.port_u16() {
            Some(port) if port != default_port => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        };
        Ok(Self { text, secure, loopback })
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for (given, sent) in [
            ("https://Clinic.Example", "https://clinic.example"),
            ("https://clinic.example/", "https://clinic.example"),
            ("https://clinic.example:443", "https://clinic.example"),
            ("https://clinic.example:8443", "https://clinic.example:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(given.parse::<Origin>().unwrap().as_str(), sent);
        }
    }
}
