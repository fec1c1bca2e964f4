//! Where a request comes from, as far as throttling cares.

use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// The client's address. The server's middleware puts it into the request's extensions, because only the server knows
/// whether a proxy in front of it may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The key it is counted under. An IPv6 customer has a whole /64, so that is one address.
    pub fn throttle_key(self) -> [u8; 32] {
        let bytes = match self.0.to_canonical() {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
        };
        Sha256::digest([b"address".as_slice(), &bytes].concat()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::ClientAddress;

    fn key(text: &str) -> [u8; 32] {
        ClientAddress(text.parse().unwrap()).throttle_key()
    }

    #[test]
    fn one_ipv6_network_is_one_address() {
        assert_eq!(key("2001:db8::1"), key("2001:db8::ffff:1"));
        assert_ne!(key("2001:db8::1"), key("2001:db8:0:1::1"));
    }

    #[test]
    fn a_mapped_ipv4_address_is_the_ipv4_address() {
        assert_eq!(key("::ffff:192.0.2.7"), key("192.0.2.7"));
    }
}
